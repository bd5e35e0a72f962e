// Runs a pipeline, or a part of it.
import {
  builtInRegistry,
  mockHints,
  type RunSelection,
  startRun,
} from '@ridgeline/azure-pipelines';
import { printNote } from '../output/print.ts';
import { checkSurroundings } from './check-surroundings.ts';
import { tellDeadRuns } from './dead-runs.ts';
import { go } from './go.ts';
import { knownTasks } from './known-tasks.ts';
import { type LoadedWell, loadWell } from './load.ts';
import type { RunCommandOptions } from './run-command.ts';

/** @throws CiFailed */
export async function run(file: string | undefined, options: RunCommandOptions): Promise<void> {
  await tellDeadRuns(options.workspace);
  const tasks = await knownTasks(options.taskFolder, options.mock);
  for (const hint of mockHints(builtInRegistry(), Object.keys(options.mock))) printNote(hint);
  const loaded = withRequest(await loadWell(file, options, tasks), options);
  await checkSurroundings(loaded, tasks);
  await go(options, tasks, (how) => startRun(loaded.prepared, loaded.compiled, how));
}

function withRequest({ prepared, compiled }: LoadedWell, options: RunCommandOptions): LoadedWell {
  const { stage: stages, job: jobs, matrix: legs } = options;
  const selection: RunSelection = { stages, jobs, legs };
  const { mock: mocks, dryRun: isDryRun = false } = options;
  const request = { ...prepared.request, selection, mocks, isDryRun };
  return { compiled, prepared: { ...prepared, request } };
}
