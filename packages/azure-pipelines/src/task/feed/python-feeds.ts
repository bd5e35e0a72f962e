// PipAuthenticate and TwineAuthenticate: where pip looks for packages, and where twine puts them.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded } from '../task-outcome.ts';
import { type Feed, feedsOf, refuseArtifactsFeed } from './feed-credentials.ts';

export const pipAuthenticate: AgentTask = {
  name: 'PipAuthenticate',
  versions: [0, 1],
  runsOn: 'agent',
  inputs: [
    input.text('artifactFeeds', { aliases: ['feedList'] }),
    input.text('pythonDownloadServiceConnections', { aliases: ['externalFeeds'] }),
    input.flag('onlyAddExtraIndex', false),
  ],
  async run(context) {
    refuseArtifactsFeed(context, 'artifactFeeds');
    const feeds = await feedsOf(context, 'pythonDownloadServiceConnections');
    const urls = feeds.map((feed) => indexUrl(context, feed));
    const first = context.boolInput('onlyAddExtraIndex') ? undefined : urls.shift();
    if (first !== undefined) context.variables.set('PIP_INDEX_URL', first);
    if (urls.length > 0) context.variables.set('PIP_EXTRA_INDEX_URL', urls.join(' '));
    context.log(`pip of the steps after this one uses ${feeds.length} feed(s)`);
    return succeeded;
  },
};

/** With the credential in it, which is masked as it stands there. */
function indexUrl(context: TaskContext, { url, user, password }: Feed): string {
  const address = new URL(url);
  address.username = encodeURIComponent(user);
  address.password = encodeURIComponent(password);
  context.variables.addSecret(address.password);
  return address.href;
}

export const twineAuthenticate: AgentTask = {
  name: 'TwineAuthenticate',
  versions: [0, 1],
  runsOn: 'agent',
  inputs: [
    input.text('artifactFeed', { aliases: ['artifactFeeds', 'feedList'] }),
    input.text('pythonUploadServiceConnection', { aliases: ['externalFeeds'] }),
    input.flag('publishPackageMetadata', true),
  ],
  async run(context) {
    refuseArtifactsFeed(context, 'artifactFeed');
    const feeds = await feedsOf(context, 'pythonUploadServiceConnection');
    const file = join(context.folders.temp, 'twine', '.pypirc');
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(file, pypirc(feeds), { mode: 0o600 });
    context.variables.set('PYPIRC_PATH', file);
    context.state.set('file', file);
    return succeeded;
  },
  async post(context) {
    const file = context.state.get('file');
    if (file !== undefined) await rm(file, { force: true });
    return succeeded;
  },
};

function pypirc(feeds: readonly Feed[]): string {
  const names = feeds.map((feed) => feed.name).join(' ');
  const sections = feeds.map(
    ({ name, url, user, password }) =>
      `[${name}]\nrepository=${url.href}\nusername=${user}\npassword=${password}\n`,
  );
  return `[distutils]\nindex-servers=${names}\n\n${sections.join('\n')}`;
}
