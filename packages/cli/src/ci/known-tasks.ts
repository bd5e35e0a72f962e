// The tasks that a command knows: those built in, and those of folders that it was told of.
import {
  builtInRegistry,
  loadTaskFolders,
  type TaskRegistry,
  withMocks,
} from '@ridgeline/azure-pipelines';
import { CliError } from '../errors.ts';
import { printNote } from '../output/print.ts';

/** Later folders hide earlier ones, and all of them what is built in. @throws CliError */
export async function knownTasks(
  folders: readonly string[],
  mocks: Readonly<Record<string, 'succeeded' | 'failed'>> = {},
): Promise<TaskRegistry> {
  let tasks = builtInRegistry();
  for (const folder of folders) {
    const loaded = await loadTaskFolders(folder);
    for (const problem of loaded.problems) printNote(`--task-folder ${folder}: ${problem}`);
    if (loaded.tasks.length === 0) throw noTasks(folder);
    tasks = tasks.with(loaded.tasks);
  }
  return withMocks(tasks, mocks);
}

function noTasks(folder: string): CliError {
  return new CliError(
    'FILE_NOT_FOUND',
    `there is no task in ${folder}: no folder below it holds a task.json that can be used`,
  );
}
