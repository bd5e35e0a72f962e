// The parameters of forests and of single trees, as data. Names, meanings and defaults are
// scikit-learn's, but for `maxFeatures`, which takes a share through a parameter of its own.

import type { ParameterSpecs } from '../parameter/parameter-spec.ts';

const largestCount = 2 ** 31 - 1;

const growth = {
  maxDepth: {
    kind: 'optional-integer',
    default: null,
    min: 1,
    max: largestCount,
    doc: 'Most splits from the root to a leaf; null: no limit.',
  },
  minSamplesSplit: {
    kind: 'integer',
    default: 2,
    min: 2,
    max: largestCount,
    doc: 'A node with fewer rows is not split.',
  },
  minSamplesLeaf: {
    kind: 'integer',
    default: 1,
    min: 1,
    max: largestCount,
    doc: 'Fewest distinct training rows of a leaf.',
  },
  maxFeaturesShare: {
    kind: 'number',
    default: 1,
    min: 0,
    max: 1,
    doc: 'Share of the columns tried at each node, at least one column; used with maxFeatures `share`.',
  },
  randomState: {
    kind: 'integer',
    default: 0,
    min: 0,
    max: 2 ** 32 - 1,
    doc: 'Seed of every random choice.',
  },
} as const satisfies ParameterSpecs;

const maxFeatures = {
  kind: 'choice',
  default: 'share',
  choices: ['sqrt', 'log2', 'share'],
  doc: 'Columns tried at each node: the square root of their number, its logarithm, or a share.',
} as const;

const squaredError = {
  kind: 'choice',
  default: 'squared_error',
  choices: ['squared_error'],
  doc: 'What a split is to decrease.',
} as const;

const impurity = {
  kind: 'choice',
  default: 'gini',
  choices: ['gini', 'entropy'],
  doc: 'What a split is to decrease.',
} as const;

const ensemble = {
  nEstimators: { kind: 'integer', default: 100, min: 1, max: 100_000, doc: 'Number of trees.' },
  maxSamples: {
    kind: 'number',
    default: 1,
    min: 0,
    max: 1,
    doc: 'Rows drawn for each tree as a share of all, at least one row; used with bootstrap.',
  },
  oobScore: {
    kind: 'boolean',
    default: false,
    doc: 'Keep out-of-bag predictions of the training rows; used with bootstrap.',
  },
} as const satisfies ParameterSpecs;

const bootstrapOn = {
  kind: 'boolean',
  default: true,
  doc: 'Give each tree rows drawn with replacement, instead of all rows.',
} as const;
const bootstrapOff = { ...bootstrapOn, default: false } as const;

export const decisionTreeRegressorParameters = { criterion: squaredError, maxFeatures, ...growth };
export const decisionTreeClassifierParameters = { criterion: impurity, maxFeatures, ...growth };

export const randomForestRegressorParameters = {
  ...ensemble,
  ...decisionTreeRegressorParameters,
  bootstrap: bootstrapOn,
};
export const extraTreesRegressorParameters = {
  ...randomForestRegressorParameters,
  bootstrap: bootstrapOff,
};
export const randomForestClassifierParameters = {
  ...ensemble,
  ...decisionTreeClassifierParameters,
  maxFeatures: { ...maxFeatures, default: 'sqrt' },
  bootstrap: bootstrapOn,
} as const;
export const extraTreesClassifierParameters = {
  ...randomForestClassifierParameters,
  bootstrap: bootstrapOff,
};
