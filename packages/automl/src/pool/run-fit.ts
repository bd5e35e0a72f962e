// One fit in a worker: take the fold's rows, make the model, predict the rows held out.
import type { FittedModel } from '@ridgeline/learn';
import type { FitData } from '../learners/learner.ts';
import { learners } from '../learners/learners.ts';
import type { FoldDataCache } from './fold-data.ts';
import type { FitResult, FitTask, ProblemMessage } from './messages.ts';

export function runFit(problem: ProblemMessage, cache: FoldDataCache, task: FitTask): FitResult {
  const { train, valid } = cache.get(task.fold, task.sampleRows);
  const started = performance.now();
  let wasCut = false;
  const { model, curve, iterations } = learners[task.learner].fit({
    facts: problem.facts,
    parameters: task.parameters,
    seed: task.seed,
    classes: problem.classes,
    train,
    watched: valid,
    shouldStop: () => {
      wasCut = isAskedToStop(problem, task);
      return wasCut;
    },
  });
  const fitted = performance.now();
  const predictions = valid === null ? new Float32Array(0) : predict(model, valid);
  return {
    kind: 'fitted',
    id: task.id,
    predictions,
    model: new TextEncoder().encode(JSON.stringify(model.toJSON())),
    curve,
    iterations,
    fitMs: fitted - started,
    predictMs: performance.now() - fitted,
    wasCut,
  };
}

function isAskedToStop({ stopFlags }: ProblemMessage, { id }: FitTask): boolean {
  return stopFlags.includes(id);
}

function predict(model: FittedModel, { x }: FitData): Float32Array {
  const values =
    model.kind === 'regressor' ? model.predict(x) : model.predictProbabilities(x).values;
  const predictions = Float32Array.from(values);
  const wrong = predictions.findIndex((value) => !Number.isFinite(value));
  if (wrong === -1) return predictions;
  throw new Error(`the model predicts ${predictions[wrong]}, which is no finite number`);
}
