// NpmAuthenticate: credentials of the registries that an `.npmrc` names, in that file until the job
// ends, when it becomes what it was.

import { readFile, writeFile } from 'node:fs/promises';
import { warn } from '../issues.ts';
import type { AgentTask } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';
import { type Feed, feedsOf } from './feed-credentials.ts';

export const npmAuthenticate: AgentTask = {
  name: 'NpmAuthenticate',
  ids: ['ad884ca2-732e-4b85-b2d3-ed71bcbd2788'],
  versions: [0],
  runsOn: 'agent',
  inputs: [input.path('workingFile', { required: true }), input.text('customEndpoint')],
  async run(context) {
    context.requiredInput('workingFile');
    const file = context.pathInput('workingFile') ?? '';
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) throw new TaskFailure(`'workingFile' is '${file}', which is no file`);
    const feeds = await feedsOf(context, 'customEndpoint');
    for (const url of registriesIn(text)) {
      const known = feeds.some((feed) => feed.url.host === url.host);
      if (!known) warn(context, `No service connection of 'customEndpoint' is for ${url.href}`);
    }
    context.state.set('file', file);
    context.state.set('text', text);
    const lines = feeds.map(credentialLine).join('\n');
    await writeFile(file, `${text.trimEnd()}\n${lines}\n`);
    return succeeded;
  },
  async post(context) {
    const file = context.state.get('file');
    if (file !== undefined) await writeFile(file, context.state.get('text') ?? '');
    return succeeded;
  },
};

function registriesIn(text: string): readonly URL[] {
  const values = [...text.matchAll(/^\s*(?:@[^\s:=]+:)?registry\s*=\s*(\S+)/gim)];
  return values.flatMap(([, url = '']) => (URL.canParse(url) ? [new URL(url)] : []));
}

function credentialLine({ url, password }: Feed): string {
  const path = url.pathname.endsWith('/') ? url.pathname : `${url.pathname}/`;
  return `//${url.host}${path}:_authToken=${password}`;
}
