// Prints what is known of a run.
import { RunStore, readTrueRun } from '@ridgeline/azure-pipelines';
import { printEither } from '../output/print.ts';
import { describeRun } from './describe-run.ts';
import { runsFolder } from './runs-folder.ts';
import type { ShowOptions } from './show-command.ts';

export async function show(number: number | undefined, options: ShowOptions): Promise<void> {
  const store = new RunStore(runsFolder(options.workspace));
  const run = await readTrueRun(store, number);
  printEither(options.json, run, () => describeRun(run, store.folderOf(run.number).path));
}
