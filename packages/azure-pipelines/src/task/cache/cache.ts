// Cache: restores a folder by its key before the steps after it, and saves it at the job's end,
// when the job succeeded and the key was not there.

import { stat } from 'node:fs/promises';
import type { AgentTask, PostContext, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { failed, succeeded, type TaskOutcome } from '../task-outcome.ts';
import { fingerprint } from './fingerprint.ts';

export const cache: AgentTask = {
  name: 'Cache',
  ids: ['d53ccab4-555e-4494-9d06-11db043fb4a9'],
  versions: [2],
  runsOn: 'agent',
  inputs: [
    input.text('key', { required: true }),
    input.path('path', { required: true }),
    input.text('cacheHitVar'),
    input.lines('restoreKeys'),
  ],
  run: restore,
  post: save,
};

async function restore(context: TaskContext): Promise<TaskOutcome> {
  const folder = context.folders.workingDirectory;
  const key = await fingerprint(context.requiredInput('key'), folder);
  context.requiredInput('path');
  const prefixes = context.linesInput('restoreKeys').map((line) => line.replace(/\*\*$/, ''));
  const restorePrefixes = await Promise.all(
    prefixes.map((prefix) => fingerprint(prefix.replace(/\|\s*$/, ''), folder)),
  );
  const path = context.pathInput('path') ?? '';
  const found = await context.host.cache.restore({ key, restorePrefixes }, path);
  const hit = found === undefined ? 'false' : found === key ? 'true' : 'inexact';
  context.log(found === undefined ? `No cache for ${key}` : `Cache ${found} restored to ${path}`);
  context.state.set('key', key);
  context.state.set('hit', hit);
  const variable = context.input('cacheHitVar');
  if (variable !== undefined) context.variables.set(variable, hit);
  return succeeded;
}

async function save(context: PostContext): Promise<TaskOutcome> {
  const key = context.state.get('key');
  if (key === undefined || context.state.get('hit') === 'true') return succeeded;
  if (context.jobResult !== 'succeeded' && context.jobResult !== 'succeededWithIssues') {
    context.log('The job did not succeed, so nothing is saved in the cache');
    return succeeded;
  }
  const path = context.pathInput('path') ?? '';
  if ((await stat(path).catch(() => undefined)) === undefined) {
    return failed(`'${path}' is not there, so nothing can be saved in the cache`);
  }
  await context.host.cache.save(key, path);
  context.log(`Saved ${path} in the cache as ${key}`);
  return succeeded;
}
