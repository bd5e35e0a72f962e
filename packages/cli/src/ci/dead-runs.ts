// Runs whose process is gone are told when the next one starts.
import { type RunRecord, RunStore, settleDeadRuns } from '@ridgeline/azure-pipelines';
import { printNote } from '../output/print.ts';
import { runsFolder } from './runs-folder.ts';

export async function tellDeadRuns(workspace: string): Promise<void> {
  const dead = await settleDeadRuns(new RunStore(runsFolder(workspace)));
  for (const run of dead) printNote(describeDead(run));
}

function describeDead({ number, jobs, process }: RunRecord): string {
  const unfinished = jobs.filter(({ state }) => state === 'abandoned');
  const names = unfinished.map(({ identifier }) => identifier).join(', ');
  const what = names === '' ? 'none of its jobs was running' : `unfinished: ${names}`;
  return `Run ${number} is dead: its process (${process.pid}) ended without a word; ${what}. 'ridgeline ci rerun --failed ${number}' goes on from there.`;
}
