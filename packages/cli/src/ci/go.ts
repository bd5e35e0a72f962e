// One run, first time or again, in front of a person: lines as they come, Ctrl-C, the table at the
// end, and the exit code.
import path from 'node:path';
import type { EndedRun, RunOptions, TaskRegistry } from '@ridgeline/azure-pipelines';
import { endOwnRuns, isSuccess, RunStore } from '@ridgeline/azure-pipelines';
import { printNote, printResult } from '../output/print.ts';
import { configFolder } from '../sign-in/credentials-file.ts';
import { askPerson } from './ask-person.ts';
import { CiFailed } from './ci-failed.ts';
import { describeRun } from './describe-run.ts';
import { onCtrlC } from './on-ctrl-c.ts';
import type { GoOptions } from './run-options.ts';
import { RunPrinter } from './run-printer.ts';
import { runsFolder } from './runs-folder.ts';
import { stepEnvironment } from './step-environment.ts';

export async function go(
  options: GoOptions & { readonly json?: boolean; readonly workspace: string },
  tasks: TaskRegistry,
  start: (how: RunOptions) => Promise<EndedRun>,
): Promise<void> {
  const isJson = options.json === true;
  // The record alone is the result for programs: all else goes beside it.
  const listener = new RunPrinter({ write: isJson ? printNote : printResult });
  const { record, folder } = await onCtrlC(
    (signal) =>
      start({
        tasks,
        listener,
        ask: askPerson(options.approve),
        parallel: options.jobs,
        keepsWorkspaces: options.keep === true,
        environment: stepEnvironment(options),
        keyFile: path.join(configFolder(), 'ci-runs.key'),
        signal,
      }),
    () => endOwnRuns(new RunStore(runsFolder(options.workspace))),
  );
  printResult(isJson ? JSON.stringify(record, null, 2) : `\n${describeRun(record, folder.path)}`);
  if (record.result === null || !isSuccess(record.result)) throw new CiFailed();
}
