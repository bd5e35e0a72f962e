import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { GradientBoostingClassifier } from '../boosting/gradient-boosting-classifier.ts';
import { GradientBoostingRegressor } from '../boosting/gradient-boosting-regressor.ts';
import type { FittedClassifier, FittedModel, Label } from '../estimator/estimator.ts';
import { readModel } from '../estimator/read-model.ts';
import { outputCountOf, rowPredictor } from '../estimator/row-predictor.ts';
import { LogisticRegression } from '../linear/logistic-regression.ts';
import { Ridge } from '../linear/ridge.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { Matrix } from '../matrix/matrix.ts';
import { Imputer } from '../preprocess/imputer.ts';
import { OneHotEncoder } from '../preprocess/one-hot-encoder.ts';
import { QuantileTransformer } from '../preprocess/quantile-transformer.ts';
import { StandardScaler } from '../preprocess/scalers.ts';
import { TargetEncoder } from '../preprocess/target-encoder.ts';
import { bag, blend } from './blend.ts';
import { calibrated } from './calibration.ts';
import { outputsOf } from './composite-model.ts';
import { Pipeline } from './pipeline.ts';
import { stack, stackFeatures } from './stack.ts';
import { TransformedTarget } from './transformed-target.ts';

const rowCount = 60;
const rows = Array.from({ length: rowCount }, (_, i) => i);

const x = new FeatureMatrix([
  {
    kind: 'numeric',
    name: 'a',
    values: Float64Array.from(rows, (i) => (i % 9 ? Math.sin(i) * 5 : Number.NaN)),
  },
  {
    kind: 'categorical',
    name: 'c',
    levelCount: 4,
    values: Float64Array.from(rows, (i) => (i % 8 ? i % 4 : Number.NaN)),
  },
]);
const y = Float64Array.from(rows, (i) => Math.exp(Math.sin(i) + (i % 4)));
const labels = rows.map((i) => ['low', 'mid', 'top'][(i + (i % 4)) % 3]);
const twoLabels = rows.map((i) => (i + (i % 4)) % 3 > 0);

const narrow = new Matrix(rowCount, 1, Float64Array.from(rows));

const steps = () => [
  new Imputer({ addIndicator: true }),
  new OneHotEncoder(),
  new StandardScaler(),
];
const small = { maxIterations: 5, minSamplesLeaf: 3 };
const regressor = () => new Pipeline(steps(), new Ridge()).fit(x, y);
const boosted = () => new GradientBoostingRegressor(small).fit(x, y);
const classifier = (target: readonly Label[]) =>
  new Pipeline(steps(), new LogisticRegression()).fit(x, target);
const boostedClasses = (target: readonly Label[]) =>
  new GradientBoostingClassifier(small).fit(x, target);

function stacked(bases: readonly FittedModel[], meta: Ridge | LogisticRegression, target: never) {
  const features = stackFeatures(
    bases.map((base) => outputsOf(base, x)),
    rowCount,
  );
  return stack(bases, meta.fit(features, target));
}

const platt = (count: number) => {
  return { method: 'platt', a: Array(count).fill(-1.2), b: Array(count).fill(0.1) } as const;
};

const composites: readonly [string, () => FittedModel][] = [
  ['a pipeline', regressor],
  ['a pipeline of a classifier', () => classifier(labels)],
  [
    'a pipeline with a target encoder',
    () =>
      new Pipeline([new TargetEncoder(), ...steps(), new QuantileTransformer()], new Ridge()).fit(
        x,
        y,
      ),
  ],
  [
    'a blend',
    () =>
      blend([
        { weight: 0.25, model: regressor() },
        { weight: 0.75, model: boosted() },
      ]),
  ],
  ['a bag of classifiers', () => bag([classifier(labels), boostedClasses(labels)])],
  ['a stack', () => stacked([regressor(), boosted()], new Ridge(), y as never)],
  [
    'a stack of classifiers',
    () =>
      stacked(
        [classifier(labels), boostedClasses(labels)],
        new LogisticRegression(),
        labels as never,
      ),
  ],
  [
    'a stack of two classes',
    () =>
      stacked(
        [classifier(twoLabels), boostedClasses(twoLabels)],
        new LogisticRegression(),
        twoLabels as never,
      ),
  ],
  [
    'a log target',
    () => new TransformedTarget('log1p', new GradientBoostingRegressor(small)).fit(x, y),
  ],
  [
    'a quantile target',
    () => new TransformedTarget('quantile', new GradientBoostingRegressor(small)).fit(x, y),
  ],
  [
    'a standard target',
    () => new TransformedTarget('standard', new GradientBoostingRegressor(small)).fit(x, y),
  ],
  [
    'a temperature',
    () =>
      calibrated(boostedClasses(labels) as FittedClassifier, {
        method: 'temperature',
        temperature: 1.7,
      }),
  ],
  ['sigmoids', () => calibrated(boostedClasses(labels) as FittedClassifier, platt(3))],
  ['a sigmoid', () => calibrated(boostedClasses(twoLabels) as FittedClassifier, platt(1))],
  ['a blend of blends', () => bag([bag([regressor()]), boosted()])],
];

describe.each(composites)('%s', (_, make) => {
  const model = make();
  const outputs = outputsOf(model, x);
  const width = outputCountOf(model);

  it('comes back from its JSON bit for bit', () => {
    const read = readModel(JSON.parse(JSON.stringify(model)));
    expect(outputsOf(read, x)).toEqual(outputs);
    expect(JSON.stringify(read)).toBe(JSON.stringify(model));
    expect(read.kind).toBe(model.kind);
  });

  it('predicts one row as the table', () => {
    const predict = rowPredictor(model);
    const out = new Float64Array(width);
    for (const i of rows) {
      predict(
        Float64Array.from(x.columns, ({ values }) => values[i]),
        out,
      );
      const expected = outputs.subarray(i * width, (i + 1) * width);
      for (const [k, value] of out.entries()) {
        expect(Math.abs(value - expected[k])).toBeLessThanOrEqual(1e-12 * Math.abs(expected[k]));
      }
    }
  });

  it('predicts what makes sense', () => {
    expect(outputs.every(Number.isFinite)).toBe(true);
    expect(outputs).toHaveLength(rowCount * width);
    if (model.kind === 'regressor') return;
    expect(model.predict(x).every((label) => model.classes.includes(label))).toBe(true);
    for (const i of rows) {
      const sum = outputs.subarray(i * width, (i + 1) * width).reduce((total, p) => total + p, 0);
      expect(sum).toBeCloseTo(1, 12);
    }
  });

  it('refuses other columns', () => {
    expect(errorOf(() => outputsOf(model, narrow)).code).toBe('SHAPE_MISMATCH');
    expect(model.columnCount).toBe(2);
  });
});

describe('a pipeline', () => {
  it('without transformers is the learner', () => {
    const plain = new GradientBoostingRegressor(small).fit(x, y);
    expect(JSON.stringify(new Pipeline([], new GradientBoostingRegressor(small)).fit(x, y))).toBe(
      JSON.stringify(plain),
    );
  });

  it('transforms the rows of early stopping along', () => {
    const learner = new GradientBoostingRegressor({ maxIterations: 5, minSamplesLeaf: 3 });
    const model = new Pipeline([new OneHotEncoder()], learner).fit(x, y, { validation: { x, y } });
    expect(model.predict(x)).toHaveLength(rowCount);
  });
});

describe('a blend', () => {
  it('is the weighted mean', () => {
    const [one, two] = [regressor().predict(x), boosted().predict(x)];
    const made = blend([
      { weight: 0.25, model: regressor() },
      { weight: 0.75, model: boosted() },
    ]);
    expect(outputsOf(made, x)).toEqual(one.map((value, i) => 0.25 * value + 0.75 * two[i]));
  });

  it.each<[string, () => unknown, string, RegExp]>([
    ['nothing', () => blend([]), 'PARAMETER_INVALID', /no models/],
    [
      'weights beyond 1',
      () => blend([{ weight: 2, model: regressor() }]),
      'PARAMETER_INVALID',
      /is 2; expected 0 to 1/,
    ],
    [
      'weights short of 1',
      () => blend([{ weight: 0.5, model: regressor() }]),
      'PARAMETER_INVALID',
      /sum to 0.5/,
    ],
    [
      'a weight that is none',
      () => blend([{ weight: Number.NaN, model: regressor() }]),
      'PARAMETER_INVALID',
      /NaN/,
    ],
    [
      'a regressor and a classifier',
      () => bag([regressor(), classifier(labels)]),
      'SHAPE_MISMATCH',
      /is a classifier/,
    ],
    [
      'other classes',
      () => bag([classifier(labels), classifier(twoLabels)]),
      'SHAPE_MISMATCH',
      /other classes/,
    ],
    [
      'other features',
      () => bag([regressor(), new Ridge().fit(narrow, y)]),
      'SHAPE_MISMATCH',
      /fitted on 1 features/,
    ],
    ['a stack of nothing', () => stack([], regressor()), 'PARAMETER_INVALID', /no models/],
    [
      'a meta model of others',
      () => stack([regressor()], regressor()),
      'SHAPE_MISMATCH',
      /fitted on 2 features, and the models below make 1/,
    ],
    [
      'sigmoids too few',
      () => calibrated(boostedClasses(labels) as FittedClassifier, platt(1)),
      'SHAPE_MISMATCH',
      /1 sigmoids, and a model of 3 classes needs 3/,
    ],
  ])('and its like refuse %s', (_, call, code, message) => {
    const error = errorOf(call);
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
  });
});

describe('readModel', () => {
  const ridge = () => JSON.parse(JSON.stringify(regressor()));
  const nested = (depth: number): object =>
    depth === 0
      ? ridge()
      : { estimator: 'Blend', members: [{ weight: 1, model: nested(depth - 1) }] };

  it('reads models within models up to eight deep', () => {
    expect(readModel(nested(6)).columnCount).toBe(2);
    const error = errorOf(() => readModel(nested(7)));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain('nested more than 8 deep');
  });

  it.each<[string, unknown, string, string]>([
    ['nothing', null, 'MODEL_INVALID', 'is not an object'],
    ['no name', {}, 'MODEL_INVALID', 'estimator is not a text'],
    ['an unknown name', { estimator: 'Rigde' }, 'MODEL_ESTIMATOR_UNKNOWN', "did you mean 'Ridge'?"],
    [
      'a name of a prototype',
      { estimator: 'constructor' },
      'MODEL_ESTIMATOR_UNKNOWN',
      'constructor',
    ],
    ['a blend of nothing', { estimator: 'Blend', members: [] }, 'MODEL_INVALID', 'has 0 items'],
    [
      'weights short of 1',
      { estimator: 'Blend', members: [{ weight: 0.1, model: ridge() }] },
      'MODEL_INVALID',
      'sum to',
    ],
    [
      'a pipeline of nothing',
      { estimator: 'Pipeline', transformers: [], model: ridge() },
      'MODEL_INVALID',
      'has 0 items',
    ],
    [
      'steps that do not fit',
      { ...ridge(), model: ridge() },
      'MODEL_INVALID',
      'makes 7 columns, not 2',
    ],
    [
      'a target of classes',
      {
        estimator: 'TransformedTarget',
        transform: { kind: 'log1p' },
        model: JSON.parse(JSON.stringify(classifier(labels))),
      },
      'MODEL_INVALID',
      'no regressor',
    ],
    [
      'a target transform that is none',
      { estimator: 'TransformedTarget', transform: { kind: 'cube' } },
      'MODEL_INVALID',
      'transform.kind',
    ],
    [
      'falling quantiles',
      { estimator: 'TransformedTarget', transform: { kind: 'quantile', quantiles: [2, 1] } },
      'MODEL_INVALID',
      'do not ascend',
    ],
    [
      'a scale of 0',
      { estimator: 'TransformedTarget', transform: { kind: 'standard', center: 0, scale: 0 } },
      'MODEL_INVALID',
      'not above 0',
    ],
    [
      'a temperature of 0',
      { estimator: 'Calibration', calibration: { method: 'temperature', temperature: 0 } },
      'MODEL_INVALID',
      'not above 0',
    ],
    [
      'a calibrated regressor',
      {
        estimator: 'Calibration',
        calibration: { method: 'temperature', temperature: 1 },
        model: ridge(),
      },
      'MODEL_INVALID',
      'no classifier',
    ],
    [
      'a stack without bases',
      { estimator: 'Stack', bases: [], meta: ridge() },
      'MODEL_INVALID',
      'has 0 items',
    ],
  ])('refuses %s', (_, json, code, message) => {
    const error = errorOf(() => readModel(json));
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});
