// What a run would miss on this machine, told before its first step.
import { formatPlace, missingSurroundings, type TaskRegistry } from '@ridgeline/azure-pipelines';
import { printNote } from '../output/print.ts';
import { style } from '../output/style.ts';
import { CiFailed } from './ci-failed.ts';
import type { LoadedWell } from './load.ts';

/** A dry run only shows, and so goes on. @throws CiFailed */
export async function checkSurroundings(
  { prepared, compiled }: LoadedWell,
  tasks: TaskRegistry,
): Promise<void> {
  const { isDryRun } = prepared.request;
  const missing = missingSurroundings(compiled.pipeline, prepared, tasks);
  const word = isDryRun ? style.yellow('warning') : style.red('error');
  for (const { message, origin } of missing)
    printNote(`${style.bold(formatPlace(origin))}: ${word} NOT_KNOWN_HERE: ${message}`);
  if (missing.length > 0 && !isDryRun) throw new CiFailed();
}
