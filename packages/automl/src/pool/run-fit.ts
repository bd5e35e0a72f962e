// One fit in a worker: take the fold's rows, make the model, predict the rows held out.
import type { FittedModel } from '@ridgeline/learn';
import type { FitData } from '../learners/learner.ts';
import { learners } from '../learners/learners.ts';
import type { FoldDataCache } from './fold-data.ts';
import type { FitResult, FitTask, ProblemMessage } from './messages.ts';

/** A first prediction as short as this is mostly the engine's warming up. */
const coldMs = 5;

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
  const firstMs = performance.now() - fitted;
  return {
    kind: 'fitted',
    id: task.id,
    predictions,
    model: new TextEncoder().encode(JSON.stringify(model.toJSON())),
    curve,
    iterations,
    fitMs: fitted - started,
    predictMs:
      valid === null || firstMs > coldMs ? firstMs : Math.min(firstMs, againMs(model, valid)),
    wasCut,
  };
}

function isAskedToStop({ stopFlags }: ProblemMessage, { id }: FitTask): boolean {
  return stopFlags.includes(id);
}

function againMs(model: FittedModel, data: FitData): number {
  const started = performance.now();
  predict(model, data);
  return performance.now() - started;
}

function predict(model: FittedModel, { x }: FitData): Float32Array {
  const values =
    model.kind === 'regressor' ? model.predict(x) : model.predictProbabilities(x).values;
  const predictions = Float32Array.from(values);
  const wrong = predictions.findIndex((value) => !Number.isFinite(value));
  if (wrong === -1) return predictions;
  throw new Error(`the model predicts ${predictions[wrong]}, which is no finite number`);
}
