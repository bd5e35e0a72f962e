import type { Table } from '@ridgeline/tabular';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../test/reported.ts';
import { type ShapInput, sampledShap } from './sampled-shap.ts';

const rows = (count: number, first = 0) => Int32Array.from({ length: count }, (_, i) => first + i);

function explained(table: Table, outputs: (values: number[]) => number[], seed = 3) {
  const input: ShapInput = {
    table,
    groups: [[0], [1], [2]],
    rows: rows(5),
    background: rows(4, 5),
    outputCount: outputs([0, 0, 0]).length,
    predict: (some) => {
      const columns = some.columnNames.map((name) => some.numbers(name));
      const values = Array.from({ length: some.rowCount }, (_, i) =>
        columns.map((column) => column[i]),
      );
      return Float64Array.from(values.flatMap(outputs));
    },
    seed,
  };
  return sampledShap(input);
}

const cells = fc.array(fc.double({ min: -9, max: 9, noNaN: true }), {
  minLength: 27,
  maxLength: 27,
});
const tables = cells.map((values) =>
  tableOf({ a: values.slice(0, 9), b: values.slice(9, 18), c: values.slice(18) }),
);

describe('sampledShap', () => {
  it('is exact where each column adds its own term', () => {
    fc.assert(
      fc.property(tables, (table) => {
        const { values, baseValues } = explained(table, ([a, b, c]) => [2 * a - b + 0 * c + 1]);
        const [a, b] = ['a', 'b'].map((name) => table.numbers(name));
        const usual = (of: Float64Array) =>
          of.subarray(5, 9).reduce((sum, value) => sum + value) / 4;
        expect(baseValues[0]).toBeCloseTo(2 * usual(a) - usual(b) + 1, 9);
        for (let i = 0; i < 5; i++) {
          expect(values[i * 3]).toBeCloseTo(2 * (a[i] - usual(a)), 9);
          expect(values[i * 3 + 1]).toBeCloseTo(usual(b) - b[i], 9);
          expect(values[i * 3 + 2]).toBeCloseTo(0, 9);
        }
      }),
    );
  });

  it('adds up to the prediction for any function, output by output', () => {
    const outputs = ([a, b, c]: number[]) => [a * b + c, Math.sin(a) * c];
    fc.assert(
      fc.property(tables, (table) => {
        const { values, baseValues } = explained(table, outputs);
        table
          .toRows()
          .slice(0, 5)
          .forEach((row, i) => {
            const predicted = outputs([Number(row.a), Number(row.b), Number(row.c)]);
            predicted.forEach((prediction, k) => {
              const sum = [0, 1, 2].reduce((total, j) => total + values[(i * 3 + j) * 2 + k], 0);
              expect(baseValues[k] + sum).toBeCloseTo(prediction, 8);
            });
          });
      }),
    );
  });

  it('shares a product of two columns equally, because each order comes with its reverse', () => {
    const table = tableOf({
      a: [1, 1, 1, 1, 1, 0, 0, 0, 0],
      b: [1, 1, 1, 1, 1, 0, 0, 0, 0],
      c: rowsOf(9),
    });
    const { values } = explained(table, ([a, b]) => [a * b]);
    expect([...values.subarray(0, 3)]).toEqual([0.5, 0.5, 0]);
  });

  it('gives columns of one group one value, the sum of theirs where they add up', () => {
    const table = tableOf({ a: rowsOf(9), b: rowsOf(9), c: rowsOf(9) });
    const predict = (some: Table) => some.numbers('a').map((a, i) => a - 2 * some.numbers('c')[i]);
    const input = {
      table,
      rows: rows(5),
      background: rows(4, 5),
      outputCount: 1,
      predict,
      seed: 1,
    };
    const { values } = sampledShap({ ...input, groups: [[1], [0, 2]] });
    const alone = sampledShap({ ...input, groups: [[0], [1], [2]] }).values;
    for (let i = 0; i < 5; i++) {
      expect(values[2 * i]).toBeCloseTo(0, 9);
      expect(values[2 * i + 1]).toBeCloseTo(alone[3 * i] + alone[3 * i + 2], 9);
    }
  });

  it('is the same for the same seed', () => {
    const table = tableOf({ a: rowsOf(9), b: rowsOf(9), c: rowsOf(9) });
    const outputs = ([a, b, c]: number[]) => [a * b * c];
    expect(explained(table, outputs)).toEqual(explained(table, outputs));
  });
});

function rowsOf(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
