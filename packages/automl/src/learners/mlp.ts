// Small neural networks: smooth where trees are steps, which is what they add to an ensemble.
import type { Parameters } from '@ridgeline/learn';
import type { ProblemFacts } from '../problem/problem.ts';
import { denseSteps } from './dense-steps.ts';
import { estimatorName, fitRecipe, hasEstimator } from './fit-estimator.ts';
import type { Learner } from './learner.ts';
import { trainingOf } from './training-of.ts';

const leastWatchedRows = 1_500;

export const mlp: Learner = {
  name: 'mlp',
  portfolio: (facts) => {
    if (!hasEstimator(estimatorName('MLP', facts))) return [];
    return configurations(facts).map((parameters) => ({
      learner: 'mlp',
      description: `neural network, ${String(parameters.hiddenLayerSizes).replaceAll(',', ' × ')}`,
      parameters,
    }));
  },
  space: () => [
    { name: 'learningRateInit', min: 3e-4, max: 3e-2, isLog: true, isWhole: false, start: 3e-3 },
    { name: 'alpha', min: 1e-6, max: 1, isLog: true, isWhole: false, start: 1e-4 },
  ],
  cost: ({ expandedColumnCount, classCount }, parameters, rows) => {
    const { hiddenLayerSizes = [64], maxIterations = 100 } = parameters;
    const widths = [expandedColumnCount, ...(hiddenLayerSizes as readonly number[]), classCount];
    const weights = widths.slice(1).reduce((sum, width, i) => sum + width * widths[i], 0);
    // Early stopping ends most fits at half of the epochs.
    return 0.01 + rows * weights * Number(maxIterations) * 0.5 * 2.5e-9;
  },
  isIterative: true,
  fit: (job) => {
    const { facts, seed } = job;
    const { scaling, ...parameters } = job.parameters;
    // The best epoch on few rows held out is luck, and the fold's score would be of that luck.
    const watch = job.watched !== null && facts.rowCount >= leastWatchedRows;
    const model = fitRecipe(
      {
        estimator: estimatorName('MLP', facts),
        parameters: { ...parameters, earlyStopping: watch, randomState: seed },
        steps: denseSteps(facts, job.parameters),
        watch,
      },
      job,
    );
    return { model, ...trainingOf(model) };
  },
};

function configurations({ rowCount }: ProblemFacts): readonly Parameters[] {
  const batchSize = Math.max(16, Math.min(256, Math.round(rowCount / 20)));
  const most = rowCount < leastWatchedRows ? 60 : 150;
  const maxIterations = Math.round(Math.max(10, Math.min(most, 1_500_000 / rowCount)));
  const shared = { batchSize, maxIterations, nIterNoChange: 15 };
  return [
    {
      ...shared,
      hiddenLayerSizes: [64, 64],
      learningRateInit: 3e-3,
      alpha: 1e-3,
      scaling: 'quantile',
    },
    { ...shared, hiddenLayerSizes: [128], learningRateInit: 3e-3, alpha: 1e-2, scaling: 'log' },
    {
      ...shared,
      hiddenLayerSizes: [128, 64],
      learningRateInit: 1e-3,
      alpha: 0.1,
      scaling: 'quantile',
    },
  ];
}
