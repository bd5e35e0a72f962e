// DownloadSecureFile: a secure file on disk for the length of the job, readable by its user only.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AgentTask, TaskContext } from '../task.ts';
import { input } from '../task-input.ts';
import { succeeded, TaskFailure } from '../task-outcome.ts';

export const downloadSecureFile: AgentTask = {
  name: 'DownloadSecureFile',
  ids: ['2a6ca863-f2ce-4f4d-8bcb-15e64608ec4b'],
  versions: [1],
  runsOn: 'agent',
  inputs: [
    input.secureFile('secureFile', { required: true }),
    input.integer('retryCount', { default: '8' }),
    input.integer('socketTimeout'),
  ],
  // The step's place in the job does not matter: the file is there from the beginning.
  async pre(context) {
    const file = await writeSecureFile(context, 'secureFile');
    context.state.set('file', file);
    context.variables.set('secureFilePath', file, { output: true });
    return succeeded;
  },
  run: async () => succeeded,
  async post(context) {
    const file = context.state.get('file');
    if (file !== undefined) await rm(file, { force: true });
    return succeeded;
  },
};

export async function writeSecureFile(context: TaskContext, name: string): Promise<string> {
  const secureFile = context.requiredInput(name);
  const contents = await context.host.secureFile(secureFile);
  if (contents === undefined) {
    throw new TaskFailure(`There is no secure file '${secureFile}'. Add it, or correct the name.`);
  }
  const file = join(context.folders.temp, basename(secureFile));
  await mkdir(context.folders.temp, { recursive: true });
  await writeFile(file, contents, { mode: 0o600 });
  return file;
}
