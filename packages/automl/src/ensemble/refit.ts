// One model on all rows by the configuration of a trial, for where one model is to predict quickly. It
// runs in the pool as the trials did.

import type { Parameters } from '@ridgeline/learn';
import { mixSeed } from '../evaluation/random-rows.ts';
import { TaskError } from '../pool/worker-pool.ts';
import type { Evaluated } from '../search/evaluated.ts';
import type { Session } from '../search/session.ts';

/** More rows bear a few more rounds than the folds' models had. */
const moreRounds = 1.1;
const taskId = 2 ** 30;

/** The model's JSON as UTF-8; null where there is no time for it, or it failed. */
export async function refit(session: Session, evaluated: Evaluated): Promise<Uint8Array | null> {
  const { pool, plan, settings, budget, clock } = session;
  const { candidate, fitMs, iterations, trial } = evaluated;
  const expectedMs = (1.4 * fitMs) / plan.folds.length;
  if (expectedMs > budget.remainingMs) return null;
  const rounds: Parameters =
    iterations === null ? {} : { maxIterations: Math.max(1, Math.ceil(iterations * moreRounds)) };
  const callOff =
    budget.totalMs === null
      ? () => {}
      : clock.after(Math.max(0, budget.remainingMs - 100), () => pool.kill(taskId));
  try {
    const task = { kind: 'fit', id: taskId, fold: -1, sampleRows: null } as const;
    const seed = mixSeed(settings.seed, trial.number, plan.folds.length);
    const parameters = { ...candidate.parameters, ...rounds };
    const result = await pool.run({ ...task, seed, learner: candidate.learner, parameters });
    return result.model;
  } catch (error) {
    if (error instanceof TaskError) return null;
    throw error;
  } finally {
    callOff();
  }
}
