import { RandomState } from '@ridgeline/learn';
import { beforeAll, describe, expect, it } from 'vitest';
import { reported, tableOf } from '../../test/reported.ts';
import type { Report } from '../index.ts';
import type { SearchInput, SearchResult } from '../search/search-types.ts';
import { buildReport } from './build-report.ts';

const random = new RandomState(4);
const noise = Array.from({ length: 150 }, () => random.nextUint32() / 2 ** 32);
const strong = noise.map((_, i) => (i * 37) % 150);
const y = strong.map((value, i) => 3 * value + 20 * noise[i]);
const hostile = 'a|b\n# <script>alert(1)</script> `x` ![](http://x)';
const columns = {
  strong,
  [hostile]: noise,
  city: noise.map((_, i) => ['Bern', 'Rome', null][i % 3]),
};

function parsed(report: Report): ReadonlyMap<string, unknown> {
  return new Map(
    [...report.files]
      .filter(([path]) => path.endsWith('.json'))
      .map(([path, text]) => [path, JSON.parse(text)]),
  );
}

const placesOf = (report: Report) => [...report.files.keys()].sort();

describe('the report on a regression', () => {
  const input: SearchInput = {
    train: tableOf({ y, ...columns }),
    test: tableOf({ y, ...columns }),
  };
  let result: SearchResult;
  let report: Report;
  beforeAll(() => {
    result = reported(input, 'y', 'regression');
    report = buildReport(input, result);
  });

  it('holds a card, the guardrails, the explanation and every plot as data and picture', () => {
    const plots = [
      'permutation_importance',
      'predicted_vs_true',
      'residuals',
      'search_progress',
      'shap_importance',
      'shap_summary',
      'training_curve',
    ].flatMap((name) => [`plots/${name}.json`, `plots/${name}.svg`]);
    const rest = ['explanation.json', 'guardrails.json', 'model_card.md'];
    expect(placesOf(report)).toEqual([...rest, ...plots].sort());
    expect(parsed(report).size).toBe(plots.length / 2 + 2);
  });

  it('finds what the model goes by', () => {
    const { importances, shap, source } = report.explanation ?? expect.fail('it was asked for');
    expect(source).toBe('test');
    expect(importances[0].name).toBe('strong');
    expect(shap.columns[0].name).toBe('strong');
    expect(importances[0].mean).toBeGreaterThan(0.1);
  });

  it('is the same each time', () => {
    expect(buildReport(input, result).files).toEqual(report.files);
  });

  it('tells in the card how good it is, by folds and on the test data', () => {
    const card = report.files.get('model_card.md') ?? '';
    expect(card).toContain(
      '| **normalized_root_mean_squared_error** | 0.25 | 0.25 ± 0.05 (2) | 0.3 |',
    );
    for (const part of [
      'Data',
      'Scores',
      'Leaderboard',
      'Guardrails',
      'What it goes by',
      'Plots',
      'Limits',
      'How to load it',
    ]) {
      expect(card).toContain(`## ${part}`);
    }
    expect(card).toContain("loadModel('model')");
    expect(card).toContain("onnxruntime.InferenceSession('model/model.onnx')");
    expect(card).toContain("mlflow.pyfunc.load_model('model')");
  });

  it('lets no name of a column become markup', () => {
    const card = report.files.get('model_card.md') ?? '';
    const outside = card.split(/```[^`]*```/).join('');
    expect(outside).not.toContain('<script');
    expect(outside).not.toContain('![](http');
    expect(outside.split('\n')).not.toContain('# <script>alert(1)</script> `x` ![](http://x)');
    for (const [path, text] of report.files) {
      if (path.endsWith('.svg')) expect(text).not.toContain('<script');
    }
  });

  it('leaves the explanation out where it is not asked for', () => {
    const short = buildReport(input, result, { explain: false });
    expect(short.explanation).toBeNull();
    expect(placesOf(short).some((path) => /shap|importance|explanation/.test(path))).toBe(false);
  });
});

describe('the report on a classification', () => {
  const curves = [
    'calibration_curve',
    'cumulative_gains_curve',
    'lift_curve',
    'precision_recall_curve',
    'roc_curve',
  ];
  const plotsOf = (report: Report) => report.plots.map(({ name }) => name);

  it('draws the curves of the positive class of two, and explains its probability', () => {
    const label = y.map((value) => (value > 200 ? 'yes' : 'no'));
    const input = { train: tableOf({ y: label, ...columns }) };
    const report = buildReport(input, reported(input, 'y', 'classification'));
    expect(plotsOf(report)).toEqual(expect.arrayContaining(['confusion_matrix', ...curves]));
    expect(parsed(report).get('plots/roc_curve.json')).toMatchObject({ series: [{ name: 'yes' }] });
    expect(report.explanation?.shap.outputs.map(({ name }) => name)).toEqual(['y = yes']);
    expect(report.files.get('model_card.md')).toContain('which the model was trained on');
  });

  it('draws a curve a class of three', () => {
    const label = y.map((value) => Math.floor(value / 160));
    const input = { train: tableOf({ y: label, ...columns }) };
    const report = buildReport(input, reported(input, 'y', 'classification'));
    const series = [{ name: '0' }, { name: '1' }, { name: '2' }];
    expect(parsed(report).get('plots/roc_curve.json')).toMatchObject({ series });
    expect(report.explanation?.shap.outputs.length).toBe(3);
  });

  it('draws no curve where the rows judged are of one class', () => {
    const label = y.map((value) => (value > 200 ? 'yes' : 'no'));
    const train = tableOf({ y: label, ...columns });
    const rows = Int32Array.from(label.keys()).filter((row) => label[row] === 'no');
    const input = { train, validation: train.takeRows(rows) };
    const report = buildReport(input, reported(input, 'y', 'classification'));
    expect(plotsOf(report)).toContain('confusion_matrix');
    expect(plotsOf(report)).not.toContain('roc_curve');
    expect(report.explanation?.source).toBe('validation');
  });
});

it('does without rows held out, without trials that have a score, and with one row to judge', () => {
  const train = tableOf({ y, ...columns });
  const input = { train, validation: train.takeRows(Int32Array.of(0)) };
  const result = reported(input, 'y', 'regression');
  expect(buildReport(input, result).plots.map(({ name }) => name)).toContain('residuals');
  const empty = { rows: new Int32Array(0), predictions: null, probabilities: null };
  const none = {
    ...result,
    outOfFold: empty,
    leaderboard: [],
    best: { ...result.best, curve: null },
  };
  const report = buildReport(input, none, { explain: false });
  expect(report.plots).toEqual([]);
  expect(report.files.get('model_card.md')).toContain('The best 0 of 0 trials');
});

it('explains a wide table by the columns that tell most, and the others together', () => {
  const wide = Object.fromEntries(
    Array.from({ length: 1100 }, (_, j) => [
      `x${j}`,
      noise.map((_, i) => noise[(i * 7 + j * 13) % 150]),
    ]),
  );
  const input = { train: tableOf({ y, strong, ...wide }) };
  // The limit of columns is what is meant here, not the machine's time for them.
  const now = () => 0;
  const { explanation } = buildReport(input, reported(input, 'y', 'regression'), { now });
  expect(explanation?.importances.length).toBe(100);
  expect(explanation?.importances[0].name).toBe('strong');
  expect(explanation?.shap.columns.length).toBe(101);
  expect(explanation?.shap.columns.map(({ name }) => name)).toContain('1001 other columns');
});
