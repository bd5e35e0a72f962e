// Transformers and composites, on columns with missing values and categories, and on rows that training
// never saw, give the same in ONNX.
import { numberColumn, Table } from '@ridgeline/tabular';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectSamePredictions } from '../../test/expect-same-predictions.ts';
import { mixedTable } from '../../test/mixed-table.ts';
import { featuresThroughOnnx } from '../../test/run-onnx.ts';
import { blend } from '../compose/blend.ts';
import { calibrated } from '../compose/calibration.ts';
import { type Calibration, fitPlatt, fitTemperature } from '../compose/calibration-methods.ts';
import { Pipeline } from '../compose/pipeline.ts';
import { stack, stackFeatures } from '../compose/stack.ts';
import { targetTransformKinds } from '../compose/target-transform.ts';
import { TransformedTarget } from '../compose/transformed-target.ts';
import { TableEncoder } from '../encode/table-encoder.ts';
import type { FittedClassifier, FittedModel, Label } from '../estimator/estimator.ts';
import { estimatorEntry } from '../estimator/estimators.ts';
import { transformerEntry } from '../preprocess/transformers.ts';
import { TabularModel } from '../tabular-model/tabular-model.ts';

const targets = ['price', 'kind'];
const table = mixedTable();
const encoder = new TableEncoder().fit(table, { exclude: targets });
const x = encoder.transform(table);
const price = numbersOf('price');
const kinds = (classes: readonly Label[]) =>
  Array.from({ length: table.rowCount }, (_, i) => classes[(i * i + (i >> 3)) % classes.length]);

function numbersOf(name: string): Float64Array {
  const column = table.column(name);
  return column.type === 'string' ? new Float64Array() : column.values;
}

function whole(model: FittedModel): TabularModel {
  return new TabularModel({ targetName: 'y', targetType: 'double', encoder, model });
}

function transformer(name: string, parameters: object = {}) {
  return transformerEntry(name).create(parameters);
}

function regressor(name: string, parameters: object = {}) {
  const entry = estimatorEntry(name);
  if (entry.kind !== 'regressor') throw new Error(`${name} is no regressor`);
  return entry.create(parameters);
}

function classifier(name: string, parameters: object = {}) {
  const entry = estimatorEntry(name);
  if (entry.kind !== 'classifier') throw new Error(`${name} is no classifier`);
  return entry.create(parameters);
}

const dense = [transformer('Imputer', { addIndicator: true }), transformer('OneHotEncoder')];

describe('a transformer', () => {
  it.each<[string, object]>([
    ['ColumnSelector', {}],
    ['Imputer', { strategy: 'median' }],
    ['Imputer', { strategy: 'most_frequent', addIndicator: true }],
    ['LogTransformer', { minSkewness: 0 }],
    ['MinMaxScaler', {}],
    ['MissingIndicator', {}],
    ['OneHotEncoder', {}],
    ['OneHotEncoder', { minFrequency: 16 }],
    ['OneHotEncoder', { maxLevels: 3 }],
    ['OrdinalEncoder', {}],
    ['QuantileTransformer', { nQuantiles: 17 }],
    ['QuantileTransformer', { outputDistribution: 'normal' }],
    ['RobustScaler', {}],
    ['StandardScaler', {}],
    ['TargetEncoder', {}],
  ])('%s %j makes the same features', async (name, parameters) => {
    const fitted = transformer(name, parameters).fit(x, price);
    const unseen = mixedTable(200);
    const native = fitted.transform(encoder.transform(unseen)).columns;
    const given = await featuresThroughOnnx(encoder, [fitted], unseen);
    expect(given.length).toBe(native.length);
    native.forEach(({ values }, j) => {
      values.forEach((value, i) => {
        if (Number.isNaN(value)) expect(given[j][i]).toBeNaN();
        else expect(given[j][i]).toBeCloseTo(value, 9);
      });
    });
  });

  it('TargetEncoder makes a column a class', async () => {
    const fitted = transformer('TargetEncoder').fit(x, kinds(['a', 'b', 'c']));
    const native = fitted.transform(x).columns.map(({ values }) => [...values]);
    expect(await featuresThroughOnnx(encoder, [fitted], table)).toEqual(native);
  });

  it('maps any number alike: beyond the range, at a quantile, tiny and huge', async () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, -0, 1e-300, 1e300, 1, 2, 3, 2.5),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(value, { minLength: 1, maxLength: 30 }),
        fc.array(fc.option(value), { minLength: 1, maxLength: 30 }),
        async (seen, others) => {
          const train = columnTable([...seen, 1, 1, 2, 3]);
          const test = columnTable([
            ...others.map((other) => other ?? Number.NaN),
            ...seen,
            1,
            2,
            3,
          ]);
          const own = new TableEncoder({ purposes: new Map([['v', 'numeric']]) }).fit(train);
          const names = ['StandardScaler', 'MinMaxScaler', 'QuantileTransformer'];
          for (const name of names) {
            const fitted = transformer(name).fit(
              own.transform(train),
              train.columns().map(() => 0),
            );
            const native = fitted.transform(own.transform(test)).columns[0].values;
            const [given] = await featuresThroughOnnx(own, [fitted], test);
            native.forEach((expected, i) => {
              const near = Math.abs(given[i] - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
              expect(near || Object.is(given[i], expected), `${name} ${given[i]} ${expected}`).toBe(
                true,
              );
            });
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

function columnTable(values: readonly number[]): Table {
  return Table.fromColumns([numberColumn('v', 'double', Float64Array.from(values))]);
}

describe('a composite', () => {
  it.each(['LinearRegression', 'KNeighborsRegressor', 'MLPRegressor', 'RandomForestRegressor'])(
    'a pipeline of transformers and %s',
    async (name) => {
      const steps = [...dense, transformer('StandardScaler')];
      const model = new Pipeline(steps, regressor(name)).fit(x, price);
      await expectSamePredictions(whole(model), mixedTable(150));
    },
  );

  it.each(['uniform', 'distance'])('neighbours that count %s, of both tasks', async (weights) => {
    const parameters = { weights, nNeighbors: 7 };
    const regression = new Pipeline(dense, regressor('KNeighborsRegressor', parameters));
    await expectSamePredictions(whole(regression.fit(x, price)), mixedTable(150));
    const classification = new Pipeline(dense, classifier('KNeighborsClassifier', parameters));
    await expectSamePredictions(whole(classification.fit(x, kinds([1, 2, 3]))), mixedTable(150));
  });

  it.each(targetTransformKinds)('a target transformed by %s', async (kind) => {
    const target = price.map((value, i) => (i % 9 === 0 ? -value : value ** 1.5));
    const forest = regressor('RandomForestRegressor', { nEstimators: 5 });
    await expectSamePredictions(
      whole(new TransformedTarget(kind, forest).fit(x, target)),
      mixedTable(150),
    );
    const line = new Pipeline(dense, new TransformedTarget(kind, regressor('Ridge')));
    await expectSamePredictions(whole(line.fit(x, target)), mixedTable(150));
  });

  it('a blend of learners of different kinds', async () => {
    const forest = regressor('ExtraTreesRegressor', { nEstimators: 5 }).fit(x, price);
    const line = new Pipeline(dense, regressor('Ridge')).fit(x, price);
    const naive = regressor('DummyRegressor').fit(x, price);
    const model = blend([
      { weight: 0.5, model: forest },
      { weight: 0.3, model: line },
      { weight: 0.2, model: naive },
    ]);
    await expectSamePredictions(whole(model), mixedTable(150));
  });

  it.each([[['no', 'yes']], [['a', 'b', 'c']]])('a stack of classifiers of %j', async (classes) => {
    const y = kinds(classes);
    const bases = [
      classifier('RandomForestClassifier', { nEstimators: 5 }).fit(x, y),
      new Pipeline(dense, classifier('LogisticRegression')).fit(x, y),
    ];
    const below = bases.map((base) => base.predictProbabilities(x).values);
    const meta = classifier('LogisticRegression').fit(stackFeatures(below, x.rowCount), y);
    await expectSamePredictions(whole(stack(bases, meta)), mixedTable(150));
  });

  it.each([[['no', 'yes']], [['a', 'b', 'c']]])('calibrations of %j', async (classes) => {
    const y = kinds(classes);
    const model: FittedClassifier = classifier('RandomForestClassifier', { nEstimators: 9 }).fit(
      x,
      y,
    );
    const given = model.predictProbabilities(x);
    const calibrations: readonly Calibration[] = [
      fitTemperature(given, y, classes),
      fitPlatt(given, y, classes),
      { method: 'temperature', temperature: 3 },
    ];
    for (const calibration of calibrations) {
      await expectSamePredictions(whole(calibrated(model, calibration)), mixedTable(150));
    }
  });
});
