// One pass over a run: whatever can go on goes on, until nothing changes any more.

import type { Action } from './action.ts';
import { advanceStage } from './advance-stage.ts';
import { combineResults, type Result } from './result.ts';
import type { Run } from './run-graph.ts';

export function advance(run: Run): readonly Action[] {
  const actions: Action[] = [];
  let before: number;
  do {
    before = actions.length;
    for (const node of run.stages) advanceStage(run, node, actions);
  } while (actions.length > before);
  const result = runResult(run);
  if (result !== undefined && !run.state.reported) {
    run.state.reported = true;
    actions.push({ kind: 'finished', result });
  }
  return actions;
}

/** A run in which nothing was to do has succeeded; one that was canceled is canceled, whatever else
 * became of it. */
export function runResult({ state }: Run): Result | undefined {
  const results = state.stages.map(({ result }) => result);
  if (results.includes(null)) return undefined;
  if (state.canceling !== 'no') return 'canceled';
  const result = combineResults(results.filter((one) => one !== null));
  return result === 'skipped' ? 'succeeded' : result;
}
