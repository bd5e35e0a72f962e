// Gradient boosting, the family that wins most often on tables: it takes missing values and categories
// as they are, and ends its rounds by the rows held out.
import type { Parameters } from '@ridgeline/learn';
import { outputCount, type ProblemFacts } from '../problem/problem.ts';
import { boostingPortfolio } from './boosting-portfolio.ts';
import { categorySteps } from './category-steps.ts';
import { estimatorName, fitRecipe, hasEstimator } from './fit-estimator.ts';
import type { Dimension, FitJob, FitOutcome, Learner } from './learner.ts';
import { trainingOf } from './training-of.ts';

export const gradientBoosting: Learner = {
  name: 'gradient_boosting',
  portfolio: (facts) => {
    return hasEstimator(estimatorName('GradientBoosting', facts)) ? boostingPortfolio(facts) : [];
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
