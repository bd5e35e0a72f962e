// Agreement with scikit-learn 1.9.1. The known differences: a value within 1e-7 of the extremes of
// training is an extreme to scikit-learn's QuantileTransformer of normal output, and to ours only a value
// equal to them; to its OneHotEncoder a missing value is a level that may be merged with rare ones, and
// ours has a column of its own; its MinMaxScaler computes x * scale + shift, which loses the digits of
// large values close together; its percentiles are rounded, which moves ties by half a step between
// quantiles; and its QuantileTransformer sees a sample of 10,000 rows unless it is told otherwise.

import { describe, expect, it } from 'vitest';
import { columnOf, preprocessReference, withNaN } from '../../test/preprocess-reference.ts';
import { FeatureMatrix } from '../matrix/feature-matrix.ts';
import { OneHotEncoder } from './one-hot-encoder.ts';
import { TargetEncoder } from './target-encoder.ts';
import { transformerEntry } from './transformers.ts';

const reference = preprocessReference;

function numericFeatures(rows: readonly (readonly (number | null)[])[]): FeatureMatrix {
  const columns = Array.from({ length: rows[0].length }, (_, j) => {
    return { kind: 'numeric', name: `x${j}`, values: columnOf(rows, j) } as const;
  });
  return new FeatureMatrix(columns);
}

function codeFeatures(codes: readonly (number | null)[]): FeatureMatrix {
  const column = { kind: 'categorical', name: 'c', values: withNaN(codes), levelCount: 8 } as const;
  return new FeatureMatrix([column]);
}

const digitsLostThere: ReadonlyMap<string, readonly [column: number, tolerance: number]> = new Map([
  ['MinMaxScaler {}', [4, 1e-4]],
  ['QuantileTransformer {}', [2, 0.5001 / 59]],
]);

function expectClose(
  actual: FeatureMatrix,
  expected: readonly (readonly (number | null)[])[],
  [lossyColumn, tolerance] = [-1, 0] as readonly [number, number],
) {
  actual.columns.forEach(({ values }, j) => {
    const allowed = j === lossyColumn ? tolerance : 1e-12;
    const column = columnOf(expected, j);
    values.forEach((value, i) => {
      if (Number.isNaN(column[i])) expect(value).toBeNaN();
      else
        expect(Math.abs(value - column[i])).toBeLessThanOrEqual(
          1e-9 * Math.abs(column[i]) + allowed,
        );
    });
  });
}

describe('numeric columns', () => {
  it.each(reference.numeric)('$transformer $parameters', (one) => {
    const x = numericFeatures(reference.x);
    const fitted = transformerEntry(one.transformer).create(one.parameters).fit(x, []);
    const lossy = digitsLostThere.get(`${one.transformer} ${JSON.stringify(one.parameters)}`);
    expectClose(fitted.transform(numericFeatures(reference.new)), one.transformed, lossy);
  });
});

describe('OneHotEncoder', () => {
  it.each(reference.oneHot)('with $parameters', ({ parameters, names, transformed }) => {
    const fitted = new OneHotEncoder(parameters).fit(codeFeatures(reference.codes), []);
    const made = fitted.transform(codeFeatures(reference.newCodes.slice(0, -1)));
    const levels = fitted.outputs.flatMap(({ name }, j) => (name === 'c is missing' ? [] : [j]));
    const theirs = names.flatMap((name, j) => (name === 'c_nan' ? [] : [j]));
    expect(levels.map((j) => [...made.columns[j].values])).toEqual(
      theirs.map((j) => [...columnOf(transformed.slice(0, -1), j)]),
    );
  });
});

describe('TargetEncoder', () => {
  it.each(reference.target)('$name', ({ parameters, y, outOfFold, transformed }) => {
    const made = new TargetEncoder(parameters).fitTransform(codeFeatures(reference.codes), y);
    expectClose(made.x, outOfFold);
    expectClose(made.fitted.transform(codeFeatures(reference.newCodes)), transformed);
  });
});
