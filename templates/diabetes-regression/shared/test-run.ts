// Runs for tests: they remember what is logged and write down what they are told.

import { OfflineRun, type Verdict, verdictTag } from '@ridgeline/client';

/** A step's run and the run of its pipeline, and the lines that both would print. */
export function testRuns() {
  const lines: string[] = [];
  const make = (id: string, parent: OfflineRun | null) =>
    Object.assign(new OfflineRun((line) => lines.push(line.replace(/^.*?: /, `${id}: `))), {
      ...{ id, parent, experimentName: 'mlopspython' },
    });
  const pipelineRun = make('pipeline-run', null);
  const run = make('step-run', pipelineRun);
  return { pipelineRun, run, lines };
}

/** The verdict that was set on a run; null where none was. */
export async function verdictOf(run: OfflineRun): Promise<Verdict | null> {
  return JSON.parse((await run.getTags()).get(verdictTag) ?? 'null');
}
