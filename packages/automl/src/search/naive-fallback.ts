// The model of last resort: the naive baseline, fitted here and now, for a search that was ended before
// its first trial was. A search that is cancelled still has a valid model.
import { FoldDataCache } from '../pool/fold-data.ts';
import { runFit } from '../pool/run-fit.ts';
import type { Evaluated } from './evaluated.ts';
import { judgeFolds } from './judge-folds.ts';
import type { Session } from './session.ts';
import { startedTrial } from './started-trial.ts';

/** @param number of the trial that it is told as. */
export function naiveFallback(session: Session, number: number): Evaluated {
  const { plan, judge, message, clock } = session;
  const candidate = { learner: 'naive', description: 'naive baseline', parameters: {} } as const;
  const now = new Date(clock.now()).toISOString();
  const started = startedTrial({ number, candidate, sampleRows: null }, plan, now);
  const cache = new FoldDataCache(message);
  const results = plan.folds.map((_, fold) => {
    const task = { kind: 'fit', id: -2, fold, sampleRows: null, seed: 0 } as const;
    return runFit(message, cache, { ...task, learner: 'naive', parameters: {} });
  });
  const evaluated = judgeFolds({ plan, judge }, candidate, started, results);
  return { ...evaluated, trial: { ...evaluated.trial, endedAt: now } };
}
