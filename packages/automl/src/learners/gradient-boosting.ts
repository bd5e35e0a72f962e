// Gradient boosting, the family that wins most often on tables: it takes missing values and categories
// as they are, and ends its rounds by the rows held out.
import type { Parameters } from '@ridgeline/learn';
import { outputCount, type ProblemFacts } from '../problem/problem.ts';
import { categoryMeans, categorySteps, suitedToCategories } from './category-steps.ts';
import { estimatorName, fitRecipe, hasEstimator } from './fit-estimator.ts';
import type { Candidate, Dimension, FitJob, FitOutcome, Learner } from './learner.ts';
import { trainingOf } from './training-of.ts';

export const gradientBoosting: Learner = {
  name: 'gradient_boosting',
  portfolio: (facts) => {
    return hasEstimator(estimatorName('GradientBoosting', facts)) ? configurations(facts) : [];
  },
  space,
  cost: (facts, parameters, rows) => {
    const {
      learningRate = 0.1,
      maxIterations = 100,
      maxLeafNodes = 31,
      featureFraction = 1,
    } = parameters;
    const columns = Math.max(1, facts.columnCount * Number(featureFraction));
    const rounds = Math.min(Number(maxIterations), 20 / Number(learningRate) + 20);
    const depth = Math.log2(Number(maxLeafNodes) + 1);
    // Rows beyond the caches' reach cost more each.
    const rowSeconds = rows * columns * depth * (rows > 200_000 ? 1.5e-9 : 0.6e-9);
    const leafSeconds = Number(maxLeafNodes) * columns * Math.min(255, rows / 4) * 1.5e-9;
    return 5e-3 + rounds * outputCount(facts) * (1e-4 + rowSeconds + leafSeconds);
  },
  isIterative: true,
  hasten: (parameters, factor) => {
    if (factor < leastHaste) return null;
    // Fewer rounds with a greater rate come nearly as far; what is missing, the end of time cuts.
    const rate = Number(parameters.learningRate ?? 0.1);
    return { ...parameters, learningRate: Math.min(0.25, Number((rate / factor).toPrecision(3))) };
  },
  fit,
};

/** With less of its time than this, a booster on fewer rows is the better one. */
const leastHaste = 0.4;

/** LightGBM's first entries in AutoGluon's portfolio, with rates for minutes instead of hours. */
function configurations(facts: ProblemFacts): readonly Candidate[] {
  const few = facts.rowCount < 1_000;
  const leafRows = Math.max(2, Math.min(20, Math.round(facts.rowCount / 40)));
  const table: readonly (readonly [string, Parameters])[] = [
    [
      'the usual',
      {
        learningRate: 0.06,
        maxLeafNodes: few ? 10 : 31,
        minSamplesLeaf: leafRows,
        featureFraction: 0.8,
        l2Regularization: 1,
      },
    ],
    [
      'small trees, categories as means',
      {
        ...categoryMeans,
        learningRate: 0.08,
        maxLeafNodes: 8,
        minSamplesLeaf: leafRows,
        featureFraction: 0.6,
        baggingFraction: 0.8,
        l2Regularization: 1,
      },
    ],
    [
      'random thresholds',
      {
        extraTrees: true,
        learningRate: 0.06,
        maxLeafNodes: few ? 16 : 39,
        minSamplesLeaf: 3,
        featureFraction: 0.46,
        baggingFraction: 0.88,
        lambdaL1: 0.24,
        l2Regularization: 0.36,
      },
    ],
    [
      'small trees',
      {
        learningRate: 0.08,
        maxLeafNodes: 6,
        minSamplesLeaf: leafRows,
        featureFraction: 0.6,
        baggingFraction: 0.8,
        l2Regularization: 1,
      },
    ],
    ...ofLoss(facts, leafRows),
    [
      'large trees',
      {
        learningRate: 0.05,
        maxLeafNodes: 84,
        minSamplesLeaf: 3,
        featureFraction: 0.53,
        baggingFraction: 0.98,
        l2Regularization: 0.84,
      },
    ],
    [
      'small trees, random thresholds',
      {
        extraTrees: true,
        learningRate: 0.06,
        maxLeafNodes: 8,
        minSamplesLeaf: Math.min(15, leafRows),
        featureFraction: 0.43,
        baggingFraction: 0.72,
        l2Regularization: 0.5,
      },
    ],
    [
      'medium trees',
      {
        learningRate: 0.06,
        maxLeafNodes: 16,
        minSamplesLeaf: 6,
        featureFraction: 0.58,
        l2Regularization: 0.5,
      },
    ],
    [
      'very large trees, random thresholds',
      {
        extraTrees: true,
        learningRate: 0.07,
        maxLeafNodes: 180,
        minSamplesLeaf: 12,
        featureFraction: 0.4,
        baggingFraction: 0.95,
        l2Regularization: 1,
      },
    ],
    [
      'stumps',
      {
        learningRate: 0.12,
        maxLeafNodes: 2,
        minSamplesLeaf: leafRows,
        featureFraction: 0.7,
        l2Regularization: 1,
      },
    ],
  ];
  const all = table.map(
    ([title, parameters]): Candidate => ({
      learner: 'gradient_boosting',
      description: `gradient boosting, ${title}`,
      parameters: { maxIterations: roundsFor(facts), ...parameters },
    }),
  );
  return suitedToCategories(all, facts);
}

/** Other losses, where the metric or the target asks for them. */
function ofLoss(
  facts: ProblemFacts,
  minSamplesLeaf: number,
): readonly (readonly [string, Parameters])[] {
  const common = { learningRate: 0.06, maxLeafNodes: 20, minSamplesLeaf, featureFraction: 0.7 };
  return [
    ...(facts.wantsMedian
      ? ([['absolute errors', { loss: 'absolute_error', ...common }]] as const)
      : []),
    ...(facts.isSkewed
      ? ([
          ['of the logarithm', { targetTransform: 'log1p', ...common }],
          ['as counts', { loss: 'poisson', ...common }],
        ] as const)
      : []),
  ];
}

/** More classes make a round dearer, and it is early stopping that ends most fits. */
function roundsFor(facts: ProblemFacts): number {
  return Math.max(60, Math.round(1_500 / Math.sqrt(outputCount(facts))));
}

function space({ rowCount, categoricalCount }: ProblemFacts): readonly Dimension[] {
  const real = { isLog: true, isWhole: false };
  const whole = { isLog: true, isWhole: true };
  const mostLeaves = Math.max(8, Math.min(512, Math.round(rowCount / 4)));
  return [
    { ...whole, name: 'maxLeafNodes', min: 2, max: mostLeaves, start: 4 },
    {
      ...whole,
      name: 'minSamplesLeaf',
      min: 1,
      max: Math.max(2, Math.min(128, Math.round(rowCount / 10))),
      start: 20,
    },
    { ...real, name: 'learningRate', min: 0.01, max: 0.3, start: 0.1 },
    { name: 'featureFraction', min: 0.2, max: 1, isLog: false, isWhole: false, start: 1 },
    { name: 'baggingFraction', min: 0.4, max: 1, isLog: false, isWhole: false, start: 1 },
    { ...real, name: 'l2Regularization', min: 1e-3, max: 100, start: 1 },
    { ...real, name: 'lambdaL1', min: 1e-3, max: 10, start: 1e-3 },
    ...(categoricalCount === 0
      ? []
      : [{ ...real, name: 'catSmooth', min: 1, max: 200, start: 10 }]),
  ];
}

function fit(job: FitJob): FitOutcome {
  const { facts, seed, train, watched } = job;
  const { targetTransform, categories, ...parameters } = job.parameters;
  const model = fitRecipe(
    {
      estimator: estimatorName('GradientBoosting', facts),
      parameters: {
        maxBins: train.x.rowCount < 5_000 ? 127 : 255,
        nIterNoChange: patience(facts, parameters),
        ...parameters,
        earlyStopping: watched !== null,
        randomState: seed,
      },
      steps: categorySteps(job.parameters, facts),
      watch: true,
      targetTransform: targetTransform === 'log1p' ? 'log1p' : 'none',
    },
    job,
  );
  return { model, ...trainingOf(model) };
}

/** Rounds without gain that end a fit: slow rates need more of them. */
function patience({ rowCount }: ProblemFacts, { learningRate = 0.1 }: Parameters): number {
  const most = rowCount < 10_000 ? 40 : 25;
  return Math.round(Math.min(most, 8 + 1.5 / Number(learningRate)));
}
