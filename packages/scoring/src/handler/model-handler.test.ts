import { describe, expect, test } from 'vitest';
import { expectedScores, makeModelFolder } from '../../test/fixture-model.ts';
import {
  cars,
  kindModel,
  modelOfKinds,
  priceModel,
  saveTabular,
} from '../../test/fixture-tabular-model.ts';
import { loadModelHandler } from './model-handler.ts';
import type { ScoringHandler } from './scoring-handler.ts';

const ignore = () => {};
const price = await loadModelHandler(await saveTabular(priceModel), ignore);
const kind = await loadModelHandler(await saveTabular(kindModel), ignore);
const numeric = await loadModelHandler(await makeModelFolder(), ignore);

/** What the server does with a body: the schema first, then the handler. */
function answer(handler: ScoringHandler, body: Record<string, unknown>): unknown {
  const finding = handler.checkInput(body);
  if (finding !== null) throw new Error(finding);
  return handler.run(body.data, {}, body);
}

const columns = ['make', 'km', 'doors', 'sold', 'new'];
const row = ['ford', 12.5, 3, '2020-05-01T00:00:00Z', true];
const record = Object.fromEntries(columns.map((name, i) => [name, row[i]]));
const predicted = priceModel.predictRow(row);

describe('a model of named columns', () => {
  test.each<[string, Record<string, unknown>, unknown]>([
    ['lists of cells', { data: [row, row] }, { result: [predicted, predicted] }],
    ['records', { data: [record] }, { result: [predicted] }],
    ['lists and records', { data: [row, record] }, { result: [predicted, predicted] }],
    ['no rows', { data: [] }, { result: [] }],
    ['records of an AutoML service', { Inputs: { data: [record] } }, { Results: [predicted] }],
    ['columns beside the data', { input_data: { columns, index: [7], data: [row] } }, [predicted]],
    [
      'columns in another order, and one more',
      {
        input_data: { columns: ['id', ...columns.toReversed()], data: [[1, ...row.toReversed()]] },
      },
      [predicted],
    ],
    ['lists as input_data', { input_data: [row] }, [predicted]],
    [
      'a method that is the usual one',
      { data: [row], params: { method: 'predict' } },
      { result: [predicted] },
    ],
  ])('takes %s', (_, body, expected) => {
    expect(answer(price, body)).toEqual(expected);
  });

  test('takes a time as milliseconds, a truth as a number, a number as a text', () => {
    const other = ['ford', '12.5', 3, Date.UTC(2020, 4, 1), 1];
    expect(answer(price, { data: [other] })).toEqual({ result: [predicted] });
  });

  test('takes what it has not seen: levels, missing values, columns that may be left out', () => {
    const cells = [null, null, 3, '2020-05-01', false];
    const result = [priceModel.predictRow(cells)];
    expect(answer(price, { data: [cells] })).toEqual({ result });
    expect(answer(price, { data: [{ doors: 3, sold: '2020-05-01', new: false }] })).toEqual({
      result,
    });
    const unseen = ['no such make', 1e9, -5, '1950-01-01', true];
    expect(answer(price, { data: [unseen] })).toEqual({ result: [priceModel.predictRow(unseen)] });
  });

  test('answers many rows as it answers each', () => {
    const data = cars.toRows().map((cells) => columns.map((name) => cells[name] ?? null));
    const result = data.map((cells) => priceModel.predictRow(cells));
    expect(answer(price, { data })).toEqual({ result });
    expect(answer(price, { data })).toEqual({ result: [...priceModel.predict(cars)] });
  });
});

describe('a classification', () => {
  test('answers labels, and probabilities when asked', () => {
    const labels = { result: [kindModel.predictRow(row)] };
    expect(answer(kind, { data: [row] })).toEqual(labels);
    const probabilities = [[...kindModel.predictRowProbabilities(row)]];
    const asked = { result: probabilities, classes: ['large', 'small'] };
    const method = 'predict_proba';
    expect(answer(kind, { data: [row], method })).toEqual(asked);
    expect(answer(kind, { data: [row], params: { method } })).toEqual(asked);
    expect(answer(kind, { data: [row], global_parameters: { method } })).toEqual(asked);
    expect(answer(kind, { Inputs: { data: [row] }, GlobalParameters: { method } })).toEqual({
      Results: probabilities,
      classes: ['large', 'small'],
    });
    const inputData = { columns, data: [row] };
    expect(answer(kind, { input_data: inputData, params: { method } })).toEqual(probabilities);
    const many = Array.from({ length: 20 }, () => row);
    expect(answer(kind, { data: many, method })).toEqual({
      ...asked,
      result: many.map(() => probabilities[0]),
    });
  });

  test.each([[[1, 2]], [[false, true]], [['', 'ä', '日本']]])(
    'keeps labels %j',
    async (classes) => {
      const model = modelOfKinds(classes);
      const handler = await loadModelHandler(await saveTabular(model), ignore);
      expect(answer(handler, { data: [row] })).toEqual({ result: [model.predictRow(row)] });
    },
  );
});

describe('a body that is wrong is told by row and column', () => {
  const at = (column: string, value: unknown) =>
    columns.map((name, i) => (name === column ? value : row[i]));

  test.each<[Record<string, unknown>, string]>([
    [{}, "the body must have required property 'data'"],
    [{ data: 5 }, 'data must be array, not number'],
    [{ data: null }, 'data must be array, not null'],
    [{ data: ['ford'] }, 'data/0 must be array or object, not string'],
    [
      { data: [row, row.slice(1)] },
      'data/1 must have 5 items, not 4, in this order: make, km, doors',
    ],
    [{ data: [row, at('km', {})] }, "data/1 (column 'km') must be number, not object"],
    [{ data: [at('make', ['ford'])] }, "data/0 (column 'make') must be string, not array"],
    [{ data: [at('doors', null)] }, "data/0 (column 'doors') must be number, not null"],
    [{ data: [row, at('km', 'far')] }, "data: row 1 (from 0): column 'km' holds 'far'"],
    [{ data: [at('km', 1 / 0)] }, "column 'km' is Infinity"],
    [{ data: [at('sold', 'yesterday')] }, "column 'sold' holds 'yesterday'; expected a date"],
    [{ data: [at('new', 2)] }, "column 'new' holds 2; expected true or false"],
    [
      { data: [{ ...record, doors: undefined }] },
      "data/0 (column 'doors') must be number, not null",
    ],
    [{ data: [{ make: 'ford' }] }, "data/0 has no column 'doors', which the model takes"],
    [{ input_data: 'x' }, 'input_data must be array, not string'],
    [{ input_data: { columns } }, 'input_data/data must be array, not nothing'],
    [{ input_data: { data: [row] } }, 'input_data/columns must be array, not nothing'],
    [{ input_data: { columns: [1], data: [] } }, 'input_data/columns/0 must be string, not number'],
    [{ input_data: { columns: ['a', 'a'], data: [] } }, "names the column 'a' twice"],
    [
      { input_data: { columns, data: [row.slice(1)] } },
      'input_data/data/0 must have 5 items, not 4',
    ],
    [{ input_data: { columns, data: [record] } }, 'input_data/data/0 must be array, not object'],
    [
      { input_data: { columns, index: [1, 2], data: [row] } },
      'input_data/index has 2 items, and input_data/data has 1 rows',
    ],
    [
      { input_data: { columns: ['make', 'km', 'dors', 'sold', 'new'], data: [row] } },
      "input_data/data has no column 'doors', which the model takes; is it 'dors'?",
    ],
    [
      { input_data: { columns: ['makes', 'km', 'doors', 'sold', 'new'], data: [row] } },
      "has no column 'make', which the model takes; is it 'makes'?",
    ],
    [{ Inputs: [row] }, 'Inputs must be object, not array'],
    [{ Inputs: {} }, 'Inputs/data must be array, not nothing'],
    [{ data: [row], method: 'explain' }, 'method must be one of: predict, predict_proba'],
    [{ data: [row], params: { method: 1 } }, 'params/method must be one of'],
    [{ data: [row], method: 'predict_proba' }, 'the model is a regression'],
  ])('%j', (body, message) => {
    expect(() => answer(price, body)).toThrow(
      expect.objectContaining({
        code: 'REQUEST_BODY_INVALID',
        status: 400,
        message: expect.stringContaining(message),
      }),
    );
  });

  test('also among many rows', () => {
    const data = [...Array.from({ length: 20 }, () => row), at('km', 'far')];
    expect(() => answer(price, { data })).toThrow(/row 20 \(from 0\): column 'km' holds 'far'/);
    const dates = [...Array.from({ length: 20 }, () => row), at('sold', '2020-13-01')];
    expect(() => answer(price, { data: dates })).toThrow(/column 'sold', row 20 \(from 0\) holds/);
  });
});

describe('a model of numbers', () => {
  test('takes records and columns beside the data as well', () => {
    const [score] = expectedScores([[1, 2, 3]]);
    expect(answer(numeric, { data: [{ BP: 3, AGE: 1, BMI: 2 }] })).toEqual({ result: [score] });
    const input_data = { columns: ['BP', 'BMI', 'AGE'], index: [0], data: [[3, 2, 1]] };
    expect(answer(numeric, { input_data })).toEqual([score]);
  });

  test('tells of a value that is missing', () => {
    const input_data = { columns: ['BP', 'BMI', 'AGE'], data: [[3, null, 1]] };
    expect(() => answer(numeric, { input_data })).toThrow(
      "input_data/data/0 (column 'BMI') must be number, not null",
    );
  });
});

test('the schema tells the columns, their types and an example', () => {
  const properties = {
    make: { type: ['string', 'null'] },
    km: { type: ['number', 'null'], format: 'double' },
    doors: { type: 'integer', format: 'int64' },
    sold: { type: 'string', format: 'date-time' },
    new: { type: 'boolean' },
  };
  expect(price.inputSchema).toMatchObject({
    properties: {
      data: { items: { anyOf: [{ required: ['doors', 'sold', 'new'], properties }, {}] } },
      input_data: {
        example: { columns, data: [['example_value', 0, 0, expect.any(String), false]] },
      },
    },
  });
  expect(kind.outputSchema).toMatchObject({ example: { result: ['large'] } });
  const example = price.inputSchema.example;
  expect(answer(price, example as Record<string, unknown>)).toEqual({
    result: [expect.any(Number)],
  });
});
