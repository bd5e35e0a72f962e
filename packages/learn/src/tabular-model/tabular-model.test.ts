import { numberColumn, Table } from '@ridgeline/tabular';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { mixedTable } from '../../test/mixed-table.ts';
import { GradientBoostingClassifier } from '../boosting/gradient-boosting-classifier.ts';
import { GradientBoostingRegressor } from '../boosting/gradient-boosting-regressor.ts';
import { Pipeline } from '../compose/pipeline.ts';
import { TableEncoder } from '../encode/table-encoder.ts';
import { Ridge } from '../linear/ridge.ts';
import { Imputer } from '../preprocess/imputer.ts';
import { OneHotEncoder } from '../preprocess/one-hot-encoder.ts';
import { readTabularModel } from './read-tabular-model.ts';
import { TabularModel } from './tabular-model.ts';

const table = mixedTable(100);
const encoder = new TableEncoder({ textBuckets: 8 }).fit(table, { exclude: ['price', 'kind'] });
const x = encoder.transform(table);
const price = table.numbers('price');
const kinds = table.toRows().map((_, i) => ['small', 'large', 'van'][(i * i + (i % 2)) % 3]);
const small = { maxIterations: 5, minSamplesLeaf: 3 };

const ofPrice = { targetName: 'price', targetType: 'double', encoder } as const;
const trees = new TabularModel({
  ...ofPrice,
  model: new GradientBoostingRegressor(small).fit(x, price),
});
const linear = new TabularModel({
  ...ofPrice,
  model: new Pipeline([new Imputer(), new OneHotEncoder()], new Ridge()).fit(x, price),
});
const classes = new TabularModel({
  targetName: 'kind',
  targetType: 'string',
  encoder,
  model: new GradientBoostingClassifier(small).fit(x, kinds),
});

function cellsOf(row: number) {
  const cells = table.toRows()[row];
  return encoder.inputs.map(({ name }) => cells[name]);
}

describe.each([
  ['trees', trees],
  ['a pipeline', linear],
  ['a classifier', classes],
])('a tabular model of %s', (_, model) => {
  it('comes back from its JSON bit for bit', () => {
    const read = readTabularModel(JSON.parse(JSON.stringify(model)));
    expect(read.predict(table)).toEqual(model.predict(table));
    expect(JSON.stringify(read)).toBe(JSON.stringify(model));
    expect(read.task).toBe(model.task);
    expect(read.inputs).toEqual(model.inputs);
  });

  it('predicts one row as the table', () => {
    const whole = model.predict(table);
    for (let row = 0; row < 30; row++) {
      const one = model.predictRow(cellsOf(row));
      if (typeof one === 'number') expect(one).toBeCloseTo(Number(whole[row]), 9);
      else expect(one).toBe(whole[row]);
    }
  });
});

describe('probabilities', () => {
  it('are the same of a row as of the table', () => {
    const whole = classes.predictProbabilities(table);
    for (let row = 0; row < 30; row++) {
      const one = classes.predictRowProbabilities(cellsOf(row));
      for (const [k, p] of one.entries()) expect(p).toBeCloseTo(whole.values[row * 3 + k], 12);
    }
  });

  it('are not there for a regression', () => {
    expect(errorOf(() => trees.predictProbabilities(table)).code).toBe('PARAMETER_INVALID');
    expect(errorOf(() => trees.predictRowProbabilities(cellsOf(0))).message).toContain(
      'no probabilities',
    );
  });
});

describe('a tabular model', () => {
  it('tells task, classes and inputs', () => {
    expect([trees.task, trees.classes]).toEqual(['regression', null]);
    expect([classes.task, classes.classes]).toEqual(['classification', ['large', 'small', 'van']]);
    expect(trees.inputs.map(({ name }) => name)).toEqual([
      'make',
      'km',
      'doors',
      'sold',
      'note',
      'new',
    ]);
  });

  it('needs a model of its encoder', () => {
    const other = new TableEncoder().fit(table.select(['km', 'doors']));
    const error = errorOf(
      () => new TabularModel({ ...ofPrice, encoder: other, model: trees.model }),
    );
    expect(error.code).toBe('SHAPE_MISMATCH');
    expect(error.message).toContain('the encoder makes 2');
  });

  it.each<[string, (json: Record<string, unknown>) => void, string]>([
    [
      'another kind of model',
      (json) => (json.estimator = 'Ridge'),
      'estimator is not one of TabularModel',
    ],
    ['a target without name', (json) => (json.targetName = ''), 'targetName is empty'],
    ['a type that is none', (json) => (json.targetType = 'money'), 'targetType'],
    ['no encoder', (json) => delete json.encoder, 'encoder is not an object'],
    ['no model', (json) => delete json.model, 'the model is not an object'],
    [
      'an encoder of others',
      (json) => (json.encoder as { encodings: object[] }).encodings.pop(),
      'its encoder makes',
    ],
  ])('is not read with %s', (_, change, message) => {
    const json = JSON.parse(JSON.stringify(trees));
    change(json);
    const error = errorOf(() => readTabularModel(json));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });
});

it('of learners that take no missing values names the column that has none', () => {
  const plain = Table.fromColumns([
    numberColumn('size', 'double', Float64Array.of(5, 2, 8, 3)),
    numberColumn('price', 'double', Float64Array.of(10, 4, 17, 6)),
  ]);
  const sizes = new TableEncoder().fit(plain, { target: 'price' });
  const ridge = new Ridge().fit(sizes.transform(plain), plain.numbers('price'));
  const model = new TabularModel({ ...ofPrice, encoder: sizes, model: ridge });
  const { code, message } = errorOf(() => model.predictRow([null]));
  expect(code).toBe('DATA_NOT_FINITE');
  expect(message).toContain("column 'size' has no value here");
});
