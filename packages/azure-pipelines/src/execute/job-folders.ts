// The folders of a job on this machine.

import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Workspace } from '../pipeline/pipeline.ts';
import type { TaskFolders } from '../task/task.ts';

export interface JobFolders extends TaskFolders {
  readonly work: string;
  /** Where the programs of the agent would be: the parent of `work`. */
  readonly home: string;
}

/** `slot` names the job's own folder. Temp is a folder of its own for each slot, unlike an agent's:
 * an agent has one job at a time, and here the end of one must not take another's files away. */
export function jobFolders(workFolder: string, slot: string): JobFolders {
  const work = path.resolve(workFolder);
  const workspace = path.join(work, slot);
  const sources = path.join(workspace, 's');
  return {
    work,
    home: path.dirname(work),
    workspace,
    sources,
    binaries: path.join(workspace, 'b'),
    staging: path.join(workspace, 'a'),
    testResults: path.join(workspace, 'TestResults'),
    workingDirectory: sources,
    temp: path.join(work, '_temp', slot),
    tools: path.join(work, '_tool'),
  };
}

/** Staging, test results and temp begin empty; the rest is what earlier jobs left of it. */
export async function prepareFolders(folders: JobFolders, clean?: Workspace['clean']) {
  const { workspace, sources, binaries, staging, testResults, temp } = folders;
  const asked = { outputs: [binaries], resources: [sources], all: [workspace] };
  const emptied = [staging, testResults, temp, ...(clean === undefined ? [] : asked[clean])];
  for (const folder of emptied) await rm(folder, { recursive: true, force: true });
  await makeFolders(folders);
}

export async function makeFolders(folders: JobFolders): Promise<void> {
  const { sources, binaries, staging, testResults, temp, tools } = folders;
  const all = [sources, binaries, staging, testResults, temp, tools];
  for (const folder of all) await mkdir(folder, { recursive: true });
}

export async function emptyTemp({ temp }: JobFolders): Promise<void> {
  await rm(temp, { recursive: true, force: true });
}
