// For tests: a stage `Prod` that is to go to `Production`.
import type { CheckStage } from '../orchestrate/action.ts';
import type { Stage } from '../pipeline/pipeline.ts';

export function checkStage(changes: Partial<CheckStage> = {}): CheckStage {
  return {
    kind: 'checkStage',
    // The gate asks for no more of it than its name.
    stage: { id: 'Prod' } as Stage,
    attempt: 1,
    lockBehavior: 'runLatest',
    hasOwnLock: false,
    environments: ['Production'],
    ...changes,
  };
}
