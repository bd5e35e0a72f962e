import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { LearnError } from '../errors.ts';
import { type FeatureColumn, FeatureMatrix } from '../matrix/feature-matrix.ts';
import { schemaOf } from '../matrix/feature-schema.ts';
import { ColumnSelector } from './column-selector.ts';
import { Imputer } from './imputer.ts';
import { OneHotEncoder } from './one-hot-encoder.ts';
import { StandardScaler } from './scalers.ts';
import { LogTransformer, MissingIndicator } from './simple-transformers.ts';
import { TargetEncoder } from './target-encoder.ts';
import { readTransformer, transformerEntry, transformers } from './transformers.ts';

const { NaN: gone } = Number;

function numeric(name: string, ...values: number[]): FeatureColumn {
  return { kind: 'numeric', name, values: Float64Array.from(values) };
}

function categorical(name: string, levelCount: number, ...values: number[]): FeatureColumn {
  return { kind: 'categorical', name, levelCount, values: Float64Array.from(values) };
}

/** 1 to 12 rows of ordinary, huge, tiny, constant and missing values, and of categories. */
const someFeatures = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 }))
  .chain(([rowCount, columnCount]) =>
    fc.array(columnOf(rowCount), { minLength: columnCount, maxLength: columnCount }),
  )
  .map((columns) => new FeatureMatrix(columns.map((column, j) => ({ ...column, name: `x${j}` }))));

function columnOf(rowCount: number): fc.Arbitrary<FeatureColumn> {
  const length = { minLength: rowCount, maxLength: rowCount };
  const double = fc.double({ noDefaultInfinity: true });
  const number = fc.oneof(double, fc.integer({ min: -3, max: 3 }), fc.constant(gone));
  const code = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant(gone));
  return fc.oneof(
    fc.array(number, length).map((values) => numeric('x', ...values)),
    fc.array(code, length).map((values) => categorical('x', 4, ...values)),
  );
}

const names = [...transformers.keys()];

describe.each(names)('%s', (name) => {
  const create = () => transformerEntry(name).create({});

  it('makes what its outputs say, for any columns, and one row as the table', () => {
    fc.assert(
      fc.property(someFeatures, (x) => {
        const y = Array.from({ length: x.rowCount }, (_, i) => i % 3);
        const fitted = create().fit(x, y);
        const made = fitted.transform(x);
        expect(schemaOf(made)).toEqual(fitted.outputs);
        expect(schemaOf(x)).toEqual(fitted.inputs);
        const out = new Float64Array(fitted.outputs.length);
        for (let i = 0; i < x.rowCount; i++) {
          fitted.transformRowInto(
            Float64Array.from(x.columns, ({ values }) => values[i]),
            out,
          );
          expect([...out]).toEqual(made.columns.map(({ values }) => values[i]));
        }
      }),
    );
  });

  it('comes back from its JSON bit for bit', () => {
    fc.assert(
      fc.property(someFeatures, (x) => {
        const fitted = create().fit(
          x,
          Array.from({ length: x.rowCount }, (_, i) => i / 7),
        );
        const read = readTransformer(JSON.parse(JSON.stringify(fitted)));
        expect(read.transform(x).columns).toEqual(fitted.transform(x).columns);
        expect(JSON.stringify(read)).toBe(JSON.stringify(fitted));
      }),
    );
  });

  it('leaves its data as they were, and fits the same in fitTransform', () => {
    fc.assert(
      fc.property(someFeatures, (x) => {
        const before = structuredClone(x.columns);
        const y = Array.from({ length: x.rowCount }, (_, i) => (i % 2 === 0 ? 'a' : 'b'));
        const both = create().fitTransform(x, y);
        expect(x.columns).toEqual(before);
        expect(JSON.stringify(both.fitted)).toBe(JSON.stringify(create().fit(x, y)));
        expect(schemaOf(both.x)).toEqual(both.fitted.outputs);
      }),
    );
  });

  it('refuses other columns than it was fitted on', () => {
    const fitted = create().fit(
      new FeatureMatrix([numeric('a', 1, 2), categorical('b', 2, 0, 1)]),
      [1, 2],
    );
    const others = [
      [numeric('a', 1)],
      [numeric('a', 1), numeric('b', 1)],
      [numeric('a', 1), categorical('b', 3, 1)],
    ];
    for (const columns of others) {
      const error = errorOf(() => fitted.transform(new FeatureMatrix(columns)));
      expect(error.code).toBe('SHAPE_MISMATCH');
    }
  });

  it('knows its parameters', () => {
    expect(errorOf(() => transformerEntry(name).create({ nosuch: 1 })).code).toBe(
      'PARAMETER_UNKNOWN',
    );
  });
});

describe('the table of transformers', () => {
  it('suggests the name that was meant', () => {
    const error = errorOf(() => transformerEntry('Imputr'));
    expect(error.code).toBe('TRANSFORMER_UNKNOWN');
    expect(error.message).toContain("did you mean 'Imputer'?");
  });
});

describe('Imputer', () => {
  it('says where it filled, for the columns that missed values in training', () => {
    const x = new FeatureMatrix([numeric('a', 1, gone, 3), numeric('b', 1, 2, 3)]);
    const made = new Imputer({ addIndicator: true }).fit(x, []).transform(x);
    expect(made.columns).toEqual([
      numeric('a', 1, 2, 3),
      numeric('a missing', 0, 1, 0),
      numeric('b', 1, 2, 3),
    ]);
  });

  it('fills categories with the most frequent, and an empty column with the given value', () => {
    const x = new FeatureMatrix([
      categorical('c', 3, 2, gone, 2, 1),
      numeric('e', gone, gone, gone, gone),
    ]);
    const made = new Imputer({ fillValue: 7 }).fit(x, []).transform(x);
    expect(made.columns).toEqual([categorical('c', 3, 2, 2, 2, 1), numeric('e', 7, 7, 7, 7)]);
  });

  it('shares the arrays of columns that miss nothing', () => {
    const x = new FeatureMatrix([numeric('a', 1, 2)]);
    expect(new Imputer().fit(x, []).transform(x).columns[0].values).toBe(x.columns[0].values);
  });
});

describe('the scalers', () => {
  it.each(['StandardScaler', 'MinMaxScaler', 'RobustScaler'])(
    '%s stays finite at the ends of doubles',
    (name) => {
      const x = new FeatureMatrix([numeric('a', -Number.MAX_VALUE, 0, Number.MAX_VALUE, 5e-324)]);
      const tiny = new FeatureMatrix([numeric('a', 5e-324, 0, 1e-323, 0)]);
      const fitted = transformerEntry(name).create({}).fit(tiny, []);
      expect(fitted.transform(x).columns[0].values.every(Number.isFinite)).toBe(true);
      const wide = transformerEntry(name).create({}).fit(x, []).transform(x);
      expect(wide.columns[0].values.every(Number.isFinite)).toBe(true);
    },
  );

  it('take a column that is constant but for rounding as constant', () => {
    const x = new FeatureMatrix([numeric('a', 0.1 + 0.2, 0.3, 0.3)]);
    const made = new StandardScaler().fit(x, []).transform(x);
    expect(made.columns[0].values.every((value) => Math.abs(value) < 1e-15)).toBe(true);
  });
});

describe('OneHotEncoder', () => {
  it('names what each column stands for', () => {
    const x = new FeatureMatrix([categorical('c', 5, 0, 0, 1, 1, 2, 3, gone)]);
    const fitted = new OneHotEncoder({ minFrequency: 2 }).fit(x, []);
    expect(fitted.outputs.map(({ name }) => name)).toEqual([
      'c is level 0',
      'c is level 1',
      'c is rare',
      'c is missing',
    ]);
  });

  it('takes a level that training did not see for a rare one', () => {
    const x = new FeatureMatrix([categorical('c', 5, 0, 0, 1)]);
    const fitted = new OneHotEncoder({ minFrequency: 2 }).fit(x, []);
    const made = fitted.transform(new FeatureMatrix([categorical('c', 5, 4, gone)]));
    expect(made.columns.map(({ values }) => [...values])).toEqual([
      [0, 0],
      [1, 0],
    ]);
  });
});

describe('LogTransformer', () => {
  it('takes only columns that are skewed enough', () => {
    const x = new FeatureMatrix([numeric('even', 1, 2, 3, 4), numeric('tail', 0, 0, 1, 1e6)]);
    const made = new LogTransformer({ minSkewness: 1 }).fit(x, []).transform(x);
    expect([...made.columns[0].values]).toEqual([1, 2, 3, 4]);
    expect(made.columns[1].values[3]).toBe(Math.log1p(1e6));
  });
});

describe('MissingIndicator', () => {
  it('adds a column beside each that missed values', () => {
    const x = new FeatureMatrix([numeric('a', 1, gone), categorical('b', 2, 0, 1)]);
    const made = new MissingIndicator().fit(x, []).transform(x);
    expect(made.columns.map(({ name }) => name)).toEqual(['a', 'a missing', 'b']);
  });
});

describe('ColumnSelector', () => {
  it('drops constant columns and copies, and keeps those that differ in what is missing', () => {
    const x = new FeatureMatrix([
      numeric('a', 1, 2, gone),
      numeric('constant', 3, 3, 3),
      numeric('copy', 1, 2, gone),
      numeric('missing', gone, gone, gone),
      numeric('partly', 3, 3, gone),
      numeric('zero', 0, -0, 0),
      numeric('other', 1, 2, 3),
    ]);
    const made = new ColumnSelector().fit(x, []).transform(x);
    expect(made.columns.map(({ name }) => name)).toEqual(['a', 'partly', 'other']);
  });

  it('keeps the first where all would go', () => {
    const x = new FeatureMatrix([numeric('a', 1, 1), numeric('b', 2, 2)]);
    expect(new ColumnSelector().fit(x, []).outputs.map(({ name }) => name)).toEqual(['a']);
  });
});

describe('TargetEncoder', () => {
  const rowCount = 40;
  const codes = Array.from({ length: rowCount }, (_, i) => i % 4);

  it('never shows a row its own target', () => {
    const x = new FeatureMatrix([categorical('c', 4, ...codes)]);
    const targets = fc.array(fc.integer({ min: -50, max: 50 }), {
      minLength: rowCount,
      maxLength: rowCount,
    });
    fc.assert(
      fc.property(targets, fc.nat({ max: rowCount - 1 }), (y, row) => {
        const changed = y.with(row, y[row] + 1000);
        const encoder = new TargetEncoder({ randomState: 5 });
        const before = encoder.fitTransform(x, y).x.columns[0].values[row];
        expect(encoder.fitTransform(x, changed).x.columns[0].values[row]).toBe(before);
      }),
      { numRuns: 30 },
    );
  });

  it('gives one column a class for three classes and more, one for two', () => {
    const x = new FeatureMatrix([categorical('c', 4, ...codes), numeric('n', ...codes)]);
    const y = (classes: number) => codes.map((_, i) => `class ${i % classes}`);
    expect(new TargetEncoder().fitTransform(x, y(3)).x.columnCount).toBe(4);
    expect(new TargetEncoder().fitTransform(x, y(2)).x.columnCount).toBe(2);
    expect(new TargetEncoder().fitTransform(x, y(1)).x.columnCount).toBe(2);
  });

  it('takes numbers as classes only if told', () => {
    const x = new FeatureMatrix([categorical('c', 4, ...codes)]);
    expect(new TargetEncoder().fit(x, codes).outputs).toHaveLength(1);
    expect(new TargetEncoder({ targetType: 'classes' }).fit(x, codes).outputs).toHaveLength(4);
  });

  it('gives the mean of all to a level that training did not see, and takes one row', () => {
    const x = new FeatureMatrix([categorical('c', 4, 0, 0, 1, 1)]);
    const fitted = new TargetEncoder().fit(x, [1, 2, 3, 6]);
    const made = fitted.transform(new FeatureMatrix([categorical('c', 4, 3, gone)]));
    expect([...made.columns[0].values]).toEqual([3, 3]);
    const one = new FeatureMatrix([categorical('c', 4, 2)]);
    expect([...new TargetEncoder().fitTransform(one, [5]).x.columns[0].values]).toEqual([5]);
  });
});

describe('the native format', () => {
  const x = new FeatureMatrix([numeric('a', 1, gone, 3), categorical('c', 3, 0, 1, 2)]);
  const jsonOf = (name: string) =>
    JSON.parse(JSON.stringify(transformerEntry(name).create({}).fit(x, [1, 2, 3])));

  it.each<[string, string, (json: ReturnType<typeof jsonOf>) => void, string]>([
    ['Imputer', 'no list of maps', (json) => delete json.maps, 'maps is not a list'],
    ['Imputer', 'a map too few', (json) => json.maps.pop(), 'maps has 1 items, and 2 are expected'],
    [
      'Imputer',
      'a kind that is none',
      (json) => (json.maps[0].kind = 'shift'),
      'kind is not one of',
    ],
    ['Imputer', 'a fill that is no code', (json) => (json.maps[1].fill = 3), 'from 0 to 2'],
    ['StandardScaler', 'a scale of 0', (json) => (json.maps[0].scale = 0), 'not above 0'],
    ['StandardScaler', 'a wrong parameter', (json) => (json.parameters.withMean = 1), "'withMean'"],
    [
      'StandardScaler',
      'a name that is none',
      (json) => (json.estimator = 'Scale'),
      'no transformer',
    ],
    [
      'QuantileTransformer',
      'falling quantiles',
      (json) => (json.maps[0].quantiles = [2, 1]),
      'do not ascend',
    ],
    [
      'OneHotEncoder',
      'a column beyond',
      (json) => (json.maps[1].columnOfCode[0] = 9),
      'columnOfCode',
    ],
    [
      'OneHotEncoder',
      'codes too few',
      (json) => (json.maps[1].columnOfCode = [0]),
      'and 3 are expected',
    ],
    [
      'TargetEncoder',
      'a table too small',
      (json) => (json.maps[1].table = [1]),
      'and 4 are expected',
    ],
    [
      'TargetEncoder',
      'a category that is none',
      (json) => (json.inputs[1].kind = 'numeric'),
      'is numeric',
    ],
  ])('of %s is refused with %s', (name, _, change, message) => {
    const json = jsonOf(name);
    change(json);
    const error = errorOf(() => readTransformer(json));
    expect(error.code).toBe('MODEL_INVALID');
    expect(error.message).toContain(message);
  });

  it('is read or refused with a code, whatever the JSON', () => {
    const map = fc.oneof(
      fc.jsonValue(),
      fc.record({ kind: fc.constantFrom('fill', 'affine', 'lookup') }),
    );
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.record({
        estimator: fc.constantFrom(...names),
        parameters: fc.constant({}),
        inputs: fc.oneof(fc.jsonValue(), fc.constant([{ name: 'a', kind: 'numeric' }])),
        maps: fc.oneof(fc.jsonValue(), fc.array(map, { maxLength: 1 })),
      }),
    );
    fc.assert(
      fc.property(anything, (json) => {
        try {
          readTransformer(json);
        } catch (error) {
          expect(error).toBeInstanceOf(LearnError);
        }
      }),
    );
  });
});
