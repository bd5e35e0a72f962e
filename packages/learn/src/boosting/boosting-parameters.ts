// The parameters of gradient boosting, as data. Names are scikit-learn's, or LightGBM's where
// scikit-learn has none.

import type { ParameterSpecs, ParameterValues } from '../parameter/parameter-spec.ts';

const share = { kind: 'number', default: 1, min: 0.001, max: 1 } as const;
const penalty = { kind: 'number', min: 0, max: Number.MAX_VALUE } as const;

const shared = {
  learningRate: {
    kind: 'number',
    default: 0.1,
    min: 1e-6,
    max: 10,
    doc: 'Factor on the value of every leaf; smaller ones need more iterations.',
  },
  maxIterations: {
    kind: 'integer',
    default: 100,
    min: 1,
    max: 1_000_000,
    doc: 'Most rounds of boosting; a round grows one tree, or one a class for more than two classes.',
  },
  maxLeafNodes: {
    kind: 'integer',
    default: 31,
    min: 2,
    max: 65_536,
    doc: 'Most leaves of a tree; they are grown best first.',
  },
  maxDepth: {
    kind: 'optional-integer',
    default: null,
    min: 1,
    max: 1000,
    doc: 'Most splits between the root and a leaf; null for no limit.',
  },
  minSamplesLeaf: {
    kind: 'integer',
    default: 20,
    min: 1,
    max: 2 ** 31 - 1,
    doc: 'Least rows of a leaf; where hessians or weights differ, judged by their share as LightGBM does.',
  },
  minSumHessianInLeaf: { ...penalty, default: 1e-3, doc: 'Least sum of the hessians of a leaf.' },
  minGainToSplit: { ...penalty, default: 0, doc: 'Least gain of a split.' },
  l2Regularization: { ...penalty, default: 0, doc: 'L2 penalty on the values of leaves.' },
  lambdaL1: { ...penalty, default: 0, doc: 'L1 penalty on the values of leaves.' },
  maxBins: {
    kind: 'integer',
    default: 255,
    min: 2,
    max: 255,
    doc: 'Most bins of a column; missing values have one more.',
  },
  baggingFraction: { ...share, doc: 'Share of the rows that each tree is grown on.' },
  baggingFreq: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: 1_000_000,
    doc: 'Rounds after which other rows are drawn, where baggingFraction is below 1.',
  },
  featureFraction: { ...share, doc: 'Share of the columns that each tree may split on.' },
  maxFeatures: {
    ...share,
    doc: 'Share of a tree’s columns that each of its splits may choose from.',
  },
  extraTrees: {
    kind: 'boolean',
    default: false,
    doc: 'Whether a numeric split tries one threshold a column, drawn at random, instead of all.',
  },
  monotonicCst: {
    kind: 'integer-list',
    default: [],
    min: -1,
    max: 1,
    maxLength: 100_000,
    doc: 'One direction a column: 1 where the prediction may not fall with it, -1 not rise, 0 free; [] for none.',
  },
  maxCatToOnehot: {
    kind: 'integer',
    default: 4,
    min: 1,
    max: 255,
    doc: 'Categories up to which a split tells one of them from the rest.',
  },
  maxCatThreshold: {
    kind: 'integer',
    default: 32,
    min: 1,
    max: 255,
    doc: 'Most categories on the smaller side of a split of many categories.',
  },
  catSmooth: {
    ...penalty,
    default: 10,
    doc: 'Weight that draws the statistics of a rare category towards 0 when categories are ordered.',
  },
  catL2: {
    ...penalty,
    default: 10,
    doc: 'L2 penalty of splits of many categories, besides l2Regularization.',
  },
  minDataPerGroup: {
    kind: 'integer',
    default: 100,
    min: 1,
    max: 2 ** 31 - 1,
    doc: 'Least rows that each category, or group of them, adds to a side of a split.',
  },
  earlyStopping: {
    kind: 'boolean',
    default: false,
    doc: 'Whether to set a part of the rows aside and stop when its loss no longer falls; given validation rows always are watched so.',
  },
  nIterNoChange: {
    kind: 'integer',
    default: 10,
    min: 1,
    max: 1_000_000,
    doc: 'Rounds without a better validation loss after which early stopping stops.',
  },
  validationFraction: {
    kind: 'number',
    default: 0.1,
    min: 0.001,
    max: 0.9,
    doc: 'Share of the rows set aside by early stopping.',
  },
  tol: {
    ...penalty,
    default: 1e-7,
    doc: 'Least fall of the validation loss that counts as better.',
  },
  randomState: {
    kind: 'integer',
    default: 0,
    min: 0,
    max: 2 ** 32 - 1,
    doc: 'Seed of every random choice.',
  },
} as const satisfies ParameterSpecs;

/** Parameters of GradientBoostingRegressor. */
export const gradientBoostingRegressorParameters = {
  loss: {
    kind: 'choice',
    default: 'squared_error',
    choices: ['squared_error', 'absolute_error', 'quantile', 'poisson'],
    doc: 'What is made small: squared or absolute errors, those of a quantile, or the deviance of counts.',
  },
  quantile: {
    kind: 'number',
    default: 0.5,
    min: 0,
    max: 1,
    doc: 'The quantile that the loss of that name estimates.',
  },
  ...shared,
} as const satisfies ParameterSpecs;

/** Parameters of GradientBoostingClassifier; its loss is the log loss. */
export const gradientBoostingClassifierParameters = shared;

/** What growing and looping need, of either estimator. */
export type BoostingParameters = ParameterValues<typeof shared>;
