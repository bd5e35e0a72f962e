// The folder that a step works in, from whichever input names it.

import { stat } from 'node:fs/promises';
import type { TaskContext } from './task.ts';
import { TaskFailure } from './task-outcome.ts';

export async function workingDirectoryOf(context: TaskContext, input: string): Promise<string> {
  const folder = context.pathInput(input) ?? context.folders.workingDirectory;
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory()) return folder;
  throw new TaskFailure(
    `The working directory '${folder}' is not there; is the checkout before this step missing?`,
  );
}
