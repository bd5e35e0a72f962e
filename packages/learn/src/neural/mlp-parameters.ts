// The parameters of the multilayer perceptrons, as data; the names and, where it has one, the defaults
// are scikit-learn's.

import type { ParameterSpecs } from '../parameter/parameter-spec.ts';

/** Parameters of MLPRegressor and MLPClassifier. */
export const mlpParameters = {
  hiddenLayerSizes: {
    kind: 'integer-list',
    default: [100],
    min: 1,
    max: 4096,
    maxLength: 8,
    doc: 'The widths of the hidden layers; none makes a linear model.',
  },
  activation: {
    kind: 'choice',
    default: 'relu',
    choices: ['relu', 'tanh'],
    doc: 'The function after each hidden layer.',
  },
  alpha: {
    kind: 'number',
    default: 1e-4,
    min: 0,
    max: 1e6,
    doc: 'Strength of the L2 penalty on the weights (not on the biases).',
  },
  batchSize: {
    kind: 'integer',
    default: 200,
    min: 1,
    max: 65_536,
    doc: 'Rows a step; all, where there are fewer.',
  },
  learningRateInit: {
    kind: 'number',
    default: 1e-3,
    min: 1e-8,
    max: 1,
    doc: 'The step size of Adam.',
  },
  maxIterations: {
    kind: 'integer',
    default: 200,
    min: 1,
    max: 1_000_000,
    doc: 'The most epochs: passes over the rows.',
  },
  tol: {
    kind: 'number',
    default: 1e-4,
    min: 0,
    max: 1e6,
    doc: 'By how much the loss must fall to count as better; the target of a regression has variance 1 in it.',
  },
  nIterNoChange: {
    kind: 'integer',
    default: 10,
    min: 1,
    max: 1_000_000,
    doc: 'After as many epochs without a better loss the fit ends.',
  },
  earlyStopping: {
    kind: 'boolean',
    default: false,
    doc: 'Whether the loss that decides is of rows held out (a part of the training rows, unless validation rows are given), and the best epoch is kept.',
  },
  validationFraction: {
    kind: 'number',
    default: 0.1,
    min: 0.001,
    max: 0.9,
    doc: 'The share of the training rows that earlyStopping holds out.',
  },
  randomState: {
    kind: 'integer',
    default: 0,
    min: 0,
    max: 2 ** 32 - 1,
    doc: 'The seed of the first weights, of the order of the rows and of the rows held out.',
  },
} as const satisfies ParameterSpecs;
