// Runs the failed part of a run again.
import { prepareAgain, RunStore, readTrueRun, rerunFailed } from '@ridgeline/azure-pipelines';
import { go } from './go.ts';
import { knownTasks } from './known-tasks.ts';
import type { RerunOptions } from './rerun-command.ts';
import { runsFolder } from './runs-folder.ts';

/** @throws CiFailed, LocalRunError */
export async function rerun(number: number | undefined, options: RerunOptions): Promise<void> {
  const store = new RunStore(runsFolder(options.workspace));
  const record = await readTrueRun(store, number);
  const prepared = await prepareAgain(record.request, store, {
    secrets: options.secrets,
    variableGroups: options.variableGroup,
    connections: options.connections,
    secureFiles: options.secureFiles,
    environments: options.environments,
  });
  const { mocks, taskFolders } = record.request;
  const tasks = await knownTasks([...taskFolders, ...options.taskFolder], mocks);
  await go(options, tasks, (how) => rerunFailed(record, prepared, how));
}
