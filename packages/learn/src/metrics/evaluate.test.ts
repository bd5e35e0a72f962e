import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../../test/error-of.ts';
import {
  type ClassificationCase,
  classificationCases,
  numberCases,
  numberOf,
} from '../../test/evaluation-reference.ts';
import { metricCases } from '../../test/reference-data.ts';
import type { Label } from '../estimator/estimator.ts';
import { matrixFromRows } from '../matrix/matrix-from-rows.ts';
import { evaluateClassification, evaluateRegression } from './evaluate.ts';
import { learningTasks } from './metric.ts';
import { metricOf, metricsOf, primaryMetrics } from './metrics.ts';
import { regressionMetric } from './regression-metrics.ts';

function expectClose(value: number | undefined, expected: number): void {
  if (Number.isNaN(expected)) expect(value).toBeNaN();
  else
    expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(
      1e-11 * Math.max(1, Math.abs(expected)),
    );
}

function evaluated(of: ClassificationCase, reasons: Map<string, string> = new Map()) {
  const { labels, probabilities, classes, weights, positiveLabel } = of;
  return evaluateClassification(labels, matrixFromRows(probabilities), classes, {
    ...(weights === null ? {} : { weights }),
    ...(positiveLabel === null ? {} : { positiveLabel }),
    onUndefined: (name, reason) => reasons.set(name, reason),
  });
}

describe('evaluateClassification agrees with scikit-learn', () => {
  it('on every metric but the count of the rows', () => {
    const known = new Set(classificationCases.flatMap(({ values }) => Object.keys(values)));
    const named = metricsOf('classification').map(({ name }) => name);
    expect(new Set([...known, 'example_count'])).toEqual(new Set(named));
  });

  it.each(classificationCases)('$name', (data) => {
    const values = evaluated(data);
    for (const [name, expected] of Object.entries(data.values)) {
      expect({ name, value: values.get(name) }).toSatisfy(({ value }) => {
        expectClose(value, numberOf(expected));
        return true;
      });
    }
  });

  it('says of every NaN why', () => {
    for (const data of classificationCases) {
      const reasons = new Map<string, string>();
      const missing = [...evaluated(data, reasons)].filter(([, value]) => Number.isNaN(value));
      expect([...reasons.keys()].sort()).toEqual(missing.map(([name]) => name).sort());
    }
  });

  it('says that an area under the curve of one class alone is undefined', () => {
    const reasons = new Map<string, string>();
    evaluateClassification(
      ['a', 'a'],
      matrixFromRows([
        [0.9, 0.1],
        [0.8, 0.2],
      ]),
      ['a', 'b'],
      {
        only: ['AUC_weighted'],
        onUndefined: (name, reason) => reasons.set(name, reason),
      },
    );
    expect(reasons).toEqual(new Map([['auc_weighted', 'the rows are all of one class']]));
  });
});

describe('evaluateRegression', () => {
  it.each(numberCases)(
    'agrees on ranks and ranges: $name',
    ({ yTrue, yPred, trainRange, values }) => {
      const options =
        trainRange === null ? {} : { trainRange: { min: trainRange[0], max: trainRange[1] } };
      const found = evaluateRegression(yTrue, yPred, options);
      for (const [name, expected] of Object.entries(values))
        expectClose(found.get(name), numberOf(expected));
    },
  );

  it.each(metricCases)('holds what the single metrics give: $name', (data) => {
    const { yTrue, yPred, sampleWeight } = data;
    const weights = sampleWeight ?? undefined;
    const found = evaluateRegression(yTrue, yPred, weights === undefined ? {} : { weights });
    for (const [short, expected] of Object.entries(data.values)) {
      const { name } = metricOf('regression', short);
      const value = found.get(name);
      if (typeof expected === 'number') {
        const options = weights === undefined ? {} : { sampleWeight: weights };
        expect(value).toBe(regressionMetric(short).compute(yTrue, yPred, options));
      } else expect(value).toBeNaN();
    }
  });

  it.each<[string, number[], number[], string]>([
    ['r2_score', [1], [2], 'R² needs at least two rows'],
    ['spearman_correlation', [1, 1], [1, 2], 'all targets are equal'],
    ['spearman_correlation', [1, 2], [3, 3], 'all predictions are equal'],
    ['root_mean_squared_log_error', [-1, 2], [3, 3], 'a target or a prediction is -1 or less'],
    ['normalized_root_mean_squared_error', [2, 2], [3, 3], 'all targets are equal'],
  ])('says why %s of %j and %j is undefined', (name, yTrue, yPred, reason) => {
    const reasons = new Map<string, string>();
    const values = evaluateRegression(yTrue, yPred, {
      onUndefined: (metric, why) => reasons.set(metric, why),
    });
    expect(values.get(name)).toBeNaN();
    expect(reasons.get(name)).toContain(reason);
  });

  it('gives no good score, but NaN and a reason or infinity, where sums overflow', () => {
    const reasons = new Map<string, string>();
    const huge = [1.5e308, -1.5e308, 3];
    const values = evaluateRegression(huge, [1, 2, 3], {
      onUndefined: (metric, why) => reasons.set(metric, why),
    });
    expect(values.get('r2_score')).toBeNaN();
    expect(reasons.get('r2_score')).toContain('too large');
    expect(values.get('normalized_root_mean_squared_error')).toBeNaN();
    expect(values.get('root_mean_squared_error')).toBe(Number.POSITIVE_INFINITY);
  });

  it('finds no normalized error where a constant target is met exactly', () => {
    expect(evaluateRegression([2, 2], [2, 2]).get('normalized_root_mean_squared_error')).toBe(0);
  });

  it('divides by the range given rather than by that of the rows', () => {
    const options = { trainRange: { min: 0, max: 100 }, only: ['normalized_mean_absolute_error'] };
    expect([...evaluateRegression([1, 2], [2, 3], options)]).toEqual([
      ['normalized_mean_absolute_error', 0.01],
    ]);
  });
});

describe('refuses', () => {
  const good = matrixFromRows([
    [0.5, 0.5],
    [0.2, 0.8],
  ]);
  const two = ['a', 'b'];
  it.each<[string, () => unknown, string, string]>([
    [
      'a probability above 1',
      () =>
        evaluateClassification(
          two,
          matrixFromRows([
            [1.5, -0.5],
            [0, 1],
          ]),
          two,
        ),
      'DATA_OUT_OF_RANGE',
      'row 0, column 0',
    ],
    [
      'rows that do not add up to 1',
      () =>
        evaluateClassification(
          two,
          matrixFromRows([
            [0.5, 0.5],
            [0.1, 0.1],
          ]),
          two,
        ),
      'DATA_OUT_OF_RANGE',
      'row 1 (from 0) add up to 0.2',
    ],
    [
      'NaN',
      () =>
        evaluateClassification(
          two,
          matrixFromRows([
            [Number.NaN, 1],
            [0, 1],
          ]),
          two,
        ),
      'DATA_NOT_FINITE',
      'row 0',
    ],
    ['too few labels', () => evaluateClassification(['a'], good, two), 'SHAPE_MISMATCH', '1'],
    [
      'a class too many',
      () => evaluateClassification(two, good, ['a', 'b', 'c']),
      'SHAPE_MISMATCH',
      '3 classes',
    ],
    [
      'an unknown label',
      () => evaluateClassification(['a', 'x'], good, two),
      'DATA_LABEL_INVALID',
      "'x'",
    ],
    [
      'an unknown positive label',
      () => evaluateClassification(two, good, two, { positiveLabel: 'A' }),
      'PARAMETER_INVALID',
      '"a", "b"',
    ],
    [
      'a negative weight',
      () => evaluateClassification(two, good, two, { weights: [1, -1] }),
      'DATA_OUT_OF_RANGE',
      '-1',
    ],
    [
      'an unknown metric',
      () => evaluateClassification(two, good, two, { only: ['acuracy'] }),
      'METRIC_UNKNOWN',
      "did you mean 'accuracy'?",
    ],
    [
      "another task's metric",
      () => evaluateRegression([1], [1], { only: ['accuracy'] }),
      'METRIC_UNKNOWN',
      'of a regression',
    ],
    [
      'a range in reverse',
      () => evaluateRegression([1], [1], { trainRange: { min: 2, max: 1 } }),
      'PARAMETER_INVALID',
      '2 to 1',
    ],
    [
      'weights too large to add up',
      () => evaluateRegression([1, 2], [1, 2], { weights: [1.5e308, 1.5e308] }),
      'DATA_OUT_OF_RANGE',
      'Infinity',
    ],
    ['no rows', () => evaluateRegression([], []), 'DATA_EMPTY', 'no'],
  ])('%s', (_, call, code, message) => {
    const error = errorOf(call);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

describe('the table of metrics', () => {
  it.each(learningTasks)('has no name twice: %s', (task) => {
    const names = metricsOf(task).flatMap(({ name, aliases }) => [name, ...aliases]);
    expect(new Set(names).size).toBe(names.length);
  });

  it("knows Azure AutoML's primary metrics, the default first", () => {
    expect(primaryMetrics('classification').map(({ name }) => name)).toEqual([
      'accuracy',
      'auc_weighted',
      'average_precision_score_weighted',
      'norm_macro_recall',
      'precision_score_weighted',
    ]);
    for (const task of ['regression', 'forecasting'] as const) {
      expect(primaryMetrics(task)).toEqual([
        { name: 'normalized_root_mean_squared_error', direction: 'minimize' },
        { name: 'r2_score', direction: 'maximize' },
        { name: 'normalized_mean_absolute_error', direction: 'minimize' },
        { name: 'spearman_correlation', direction: 'maximize' },
      ]);
    }
  });

  it("finds a metric by Azure's spelling and by its short name", () => {
    expect(metricOf('classification', 'AUC_weighted').name).toBe('auc_weighted');
    expect(metricOf('regression', 'rmse').name).toBe('root_mean_squared_error');
  });

  const data = fc.integer({ min: 2, max: 4 }).chain((classCount) =>
    fc
      .array(
        fc.record({
          label: fc.nat(classCount - 1),
          weight: fc.integer({ min: 1, max: 4 }),
          scores: fc.array(fc.integer({ min: 1, max: 8 }), {
            minLength: classCount,
            maxLength: classCount,
          }),
        }),
        { minLength: 2, maxLength: 25 },
      )
      .map((rows) => ({ rows, classes: Array.from({ length: classCount }, (_, k): Label => k) })),
  );
  const probabilitiesOf = (scores: readonly number[]) => {
    const sum = scores.reduce((a, b) => a + b, 0);
    return scores.map((score) => score / sum);
  };

  it('holds every value within its range, and not worse when perfect', () => {
    fc.assert(
      fc.property(data, ({ rows, classes }) => {
        const labels = rows.map(({ label }) => label);
        const values = evaluateClassification(
          labels,
          matrixFromRows(rows.map(({ scores }) => probabilitiesOf(scores))),
          classes,
        );
        const sure = rows.map(({ label }) => classes.map((k) => (k === label ? 1 : 0)));
        const best = evaluateClassification(labels, matrixFromRows(sure), classes);
        for (const { name, range, direction } of metricsOf('classification')) {
          const value = values.get(name) ?? Number.NaN;
          const perfect = best.get(name) ?? Number.NaN;
          if (Number.isNaN(value)) continue;
          expect(value).toBeGreaterThanOrEqual(range.min);
          expect(value).toBeLessThanOrEqual(range.max + 1e-12);
          if (direction === 'maximize') expect(perfect).toBeGreaterThanOrEqual(value - 1e-12);
          if (direction === 'minimize') expect(perfect).toBeLessThanOrEqual(value + 1e-12);
        }
      }),
    );
  });

  it('counts a row of weight w like w rows', () => {
    const weighted = metricsOf('classification').filter((metric) => metric.weighted);
    fc.assert(
      fc.property(data, ({ rows, classes }) => {
        const evaluate = (some: typeof rows, weights?: number[]) =>
          evaluateClassification(
            some.map(({ label }) => label),
            matrixFromRows(some.map(({ scores }) => probabilitiesOf(scores))),
            classes,
            weights === undefined ? {} : { weights },
          );
        const repeated = rows.flatMap((row) => new Array<typeof row>(row.weight).fill(row));
        const once = evaluate(
          rows,
          rows.map(({ weight }) => weight),
        );
        const often = evaluate(repeated);
        for (const { name } of weighted) expectClose(once.get(name), often.get(name) ?? Number.NaN);
      }),
    );
  });
});
