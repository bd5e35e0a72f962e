// A learner of either kind behind one face, for the suite that every learner runs.

import type {
  EstimatorEntry,
  Features,
  FitOptions,
  FittedModel,
  Label,
  Matrix,
} from '../src/index.ts';
import { plantedLabels, plantedTarget } from './learner-data.ts';

export interface Learner {
  /** A target that its kind can learn from `x`. */
  target(x: Matrix): Label[];
  fit(x: Features, y: readonly Label[], options?: FitOptions): FittedModel;
  /** What the model says as numbers: predictions or probabilities. */
  numbers(model: FittedModel, x: Features): Float64Array;
}

/** Few rounds, where the suite does not need more. */
const quick: Readonly<Record<string, object>> = {
  ExtraTreesClassifier: { nEstimators: 10 },
  ExtraTreesRegressor: { nEstimators: 10 },
  GradientBoostingClassifier: { maxIterations: 20, minSamplesLeaf: 5 },
  GradientBoostingRegressor: { maxIterations: 20, minSamplesLeaf: 5 },
  MLPClassifier: { hiddenLayerSizes: [8], maxIterations: 100, learningRateInit: 0.02 },
  MLPRegressor: { hiddenLayerSizes: [8], maxIterations: 100, learningRateInit: 0.02 },
  RandomForestClassifier: { nEstimators: 10 },
  RandomForestRegressor: { nEstimators: 10 },
  // The suite compares fits that differ in rounding, which a loose end would enlarge.
  ElasticNet: { alpha: 0.01, tol: 1e-12 },
  Lasso: { alpha: 0.01, tol: 1e-12 },
  LogisticRegression: { tol: 1e-9 },
};

export function learnerOf(entry: EstimatorEntry): Learner {
  const numbers = (model: FittedModel, x: Features) =>
    model.kind === 'regressor' ? model.predict(x) : model.predictProbabilities(x).values;
  const parameters = quick[entry.name] ?? {};
  if (entry.kind === 'regressor') {
    const fit: Learner['fit'] = (x, y, options) =>
      entry.create(parameters).fit(x, y as readonly number[], options);
    return { target: (x) => [...plantedTarget(x)], fit, numbers };
  }
  return {
    target: (x) => plantedLabels(x, ['no', 'yes']),
    fit: (x, y, options) => entry.create(parameters).fit(x, y, options),
    numbers,
  };
}
