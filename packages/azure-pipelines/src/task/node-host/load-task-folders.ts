// Every task below a folder, as they lie in a repository or an unpacked extension.

import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { AgentTask } from '../task.ts';
import { TaskFailure } from '../task-outcome.ts';
import { loadNodeTask } from './node-task.ts';

/** `extension/TaskName/TaskNameV1/task.json` and one level more. */
const maxDepth = 4;

export interface LoadedTasks {
  readonly tasks: readonly AgentTask[];
  /** Folders with a `task.json` that cannot be used, and why. */
  readonly problems: readonly string[];
}

export async function loadTaskFolders(root: string): Promise<LoadedTasks> {
  const tasks: AgentTask[] = [];
  const problems: string[] = [];
  for (const folder of await taskFolders(root, 0)) {
    try {
      tasks.push(await loadNodeTask(folder));
    } catch (error) {
      if (!(error instanceof TaskFailure)) throw error;
      problems.push(error.message);
    }
  }
  return { tasks, problems };
}

async function taskFolders(folder: string, depth: number): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => []);
  if (entries.some((entry) => entry.isFile() && entry.name === 'task.json')) return [folder];
  if (depth === maxDepth) return [];
  const inner = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules');
  const found = await Promise.all(
    inner.map((entry) => taskFolders(join(folder, entry.name), depth + 1)),
  );
  return found.flat();
}
