// UseNode and NodeTool: put an installed Node.js that fits first on PATH.

import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { prependPath } from '../issues.ts';
import type { AgentTask, TaskContext } from '../task.ts';
import { input, type TaskInput } from '../task-input.ts';
import { succeeded, type TaskOutcome } from '../task-outcome.ts';
import { chooseVersion } from './choose-version.ts';

const next = 'Install one, for example with nvm, or ask for a version that is there.';

const shared: readonly TaskInput[] = [
  input.flag('checkLatest', false),
  input.flag('force32bit', false),
  input.text('nodejsMirror'),
  input.integer('retryCountOnDownloadFails', { default: '5' }),
  input.integer('delayBetweenRetries', { default: '1000' }),
];

export const useNode: AgentTask = {
  name: 'UseNode',
  versions: [1],
  runsOn: 'agent',
  inputs: [input.text('version', { default: '10.x' }), ...shared],
  run: (context) => useVersion(context, context.input('version') ?? '*'),
};

export const nodeTool: AgentTask = {
  name: 'NodeTool',
  ids: ['31c75bbb-bcdf-4706-8d7c-4da6a1959bc2'],
  versions: [0, 1],
  runsOn: 'agent',
  inputs: [
    input.pick('versionSource', ['spec', 'fromFile'], { default: 'spec' }),
    input.text('versionSpec', { default: '6.x' }),
    input.path('versionFilePath', { required: true, visibleWhen: 'versionSource = fromFile' }),
    ...shared,
  ],
  async run(context) {
    return useVersion(context, await specOf(context));
  },
};

async function specOf(context: TaskContext): Promise<string> {
  if (context.input('versionSource')?.toLowerCase() !== 'fromfile') {
    return context.input('versionSpec') ?? '*';
  }
  context.requiredInput('versionFilePath');
  return (await readFile(context.pathInput('versionFilePath') ?? '', 'utf8')).trim();
}

async function useVersion(context: TaskContext, spec: string): Promise<TaskOutcome> {
  const home = context.env.HOME ?? homedir();
  const managers = [join(context.env.NVM_DIR ?? join(home, '.nvm'), 'versions', 'node')];
  const search = { tool: 'node', managers, names: ['node'] };
  const found = await chooseVersion(context, search, spec, next);
  context.log(`Found Node.js ${found.version} in ${found.folder}`);
  prependPath(context, found.folder);
  return succeeded;
}
