// What every classifier promises beyond what every learner does.

import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import { learnerOf } from '../../test/learner.ts';
import { plantedLabels, randomMatrix } from '../../test/learner-data.ts';
import type { Matrix } from '../matrix/matrix.ts';
import type { FittedClassifier, Label } from './estimator.ts';
import type { ClassifierEntry } from './estimator-entry.ts';
import { itPromises } from './promise.conformance.ts';

const x = randomMatrix(60, 3, 1);

export function describeClassifier(entry: ClassifierEntry): void {
  const { parameters } = learnerOf(entry).fit(x, plantedLabels(x, [0, 1]));
  const fit = (data: Matrix, y: readonly Label[], classes?: readonly Label[]): FittedClassifier =>
    entry.create(parameters).fit(data, y, { classes });

  describeLabels(fit);
  describeProbabilities(entry, fit);
}

type Fit = (x: Matrix, y: readonly Label[], classes?: readonly Label[]) => FittedClassifier;

function describeLabels(fit: Fit): void {
  describe('its labels', () => {
    it.each<[string, readonly Label[], readonly Label[]]>([
      ['texts', ['b', 'a'], ['a', 'b']],
      ['numbers', [10, 9], [9, 10]],
      ['booleans', [true, false], [false, true]],
      ['three numbers', [2, -1, 0.5], [-1, 0.5, 2]],
      ['four texts', ['1', 'é', '', 'Z'], ['', '1', 'Z', 'é']],
    ])('may be %s, in the order of the classes', (_, labels, classes) => {
      const model = fit(x, plantedLabels(x, labels));
      expect(model.classes).toEqual(classes);
      for (const label of model.predict(x)) expect(classes).toContain(label);
    });

    it.each<[string, readonly unknown[], string]>([
      ['one class', Array(60).fill('a'), 'DATA_ONE_CLASS'],
      ['NaN', Array(60).fill(Number.NaN), 'DATA_LABEL_INVALID'],
      ['null', Array(60).fill(null), 'DATA_LABEL_INVALID'],
    ])('are refused when they are %s', (_, labels, code) => {
      expect(errorOf(() => fit(x, labels as Label[])).code).toBe(code);
    });

    it('are refused when they are not among the classes given', () => {
      const labels = plantedLabels(x, ['a', 'b', 'c']);
      const error = errorOf(() => fit(x, labels, ['a', 'b']));
      expect(error.code).toBe('DATA_LABEL_INVALID');
    });
  });
}

function describeProbabilities(entry: ClassifierEntry, fit: Fit): void {
  describe('its probabilities', () => {
    it.each([2, 3, 5])('of %d classes sum to 1, and the largest is predicted', (count) => {
      const labels = Array.from({ length: count }, (_, k) => `class ${k}`);
      const model = fit(x, plantedLabels(x, labels));
      const probabilities = model.predictProbabilities(x);
      expect(probabilities.columnCount).toBe(count);
      checkRows(probabilities);
      const predicted = Array.from({ length: 60 }, (_, i) => {
        const row = probabilities.values.subarray(i * count, (i + 1) * count);
        return labels[row.indexOf(Math.max(...row))];
      });
      expect(model.predict(x)).toEqual(predicted);
    });

    it('have a column for a class that is absent, and give it no more than the others', () => {
      const model = fit(x, plantedLabels(x, ['a', 'c']), ['c', 'b', 'a']);
      expect(model.classes).toEqual(['c', 'b', 'a']);
      checkRows(model.predictProbabilities(x));
      expect(model.predict(x)).not.toContain('b');
    });

    it('exist for one class and one row, when the classes are given', () => {
      for (const data of [x, randomMatrix(1, 3, 5)]) {
        const model = fit(data, Array(data.rowCount).fill('a'), ['a', 'b']);
        checkRows(model.predictProbabilities(x));
        expect(model.predict(data)[0]).toBe('a');
      }
    });
  });

  itPromises(entry.name, 'learns a planted relation', () => {
    const large = randomMatrix(300, 3, 11);
    const labels = plantedLabels(large, ['low', 'middle', 'high']);
    const predicted = fit(large, labels).predict(large);
    const right = predicted.filter((label, i) => label === labels[i]).length;
    expect(right / 300).toBeGreaterThan(0.7);
  });
}

function checkRows({ values, rowCount, columnCount }: Matrix): void {
  for (let i = 0; i < rowCount; i++) {
    const row = values.subarray(i * columnCount, (i + 1) * columnCount);
    expect(Math.abs(row.reduce((sum, value) => sum + value, 0) - 1)).toBeLessThan(1e-9);
    expect(row.every((value) => value >= 0 && value <= 1 + 1e-12)).toBe(true);
  }
}
