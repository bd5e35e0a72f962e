// What the program is told, read: its command line, the definition, the settings that come of it.
import { describe, expect, test } from 'vitest';
import { readArguments } from './arguments.ts';
import { readDefinition } from './definition.ts';
import { settingsOf } from './definition-settings.ts';

const least = { task: 'regression', targetColumn: 'Y', trainingData: 'rows' };
const definition = (more: object = {}) => readDefinition(JSON.stringify({ ...least, ...more }));
const settings = (more: object = {}, inputs = new Map<string, string>()) =>
  settingsOf(definition(more), inputs);

describe('the command line', () => {
  test('names the definition, the inputs and the outputs', () => {
    const words = ['--definition', 'a.json', '--input', 'rows=a=b.csv', '--output', 'best_model=m'];
    expect(readArguments(words)).toEqual({
      definitionFile: 'a.json',
      inputs: new Map([['rows', 'a=b.csv']]),
      outputs: new Map([['best_model', 'm']]),
    });
    expect(readArguments(['--help'])).toBe('help');
  });

  test.each([
    [[], '--definition is missing'],
    [['--definition'], '--definition has no value'],
    [['--definition', 'a', '--input', 'rows'], "--input is 'rows'; write NAME=PATH"],
    [['--definition', 'a', '--output', '=x'], "--output is '=x'"],
    [['--definition', 'a', '--output', 'x='], "--output is 'x='"],
    [['--definition', 'a', '--inputs', 'a=b'], "unknown argument '--inputs'"],
  ])('as %j is told what is wrong', (words, message) => {
    expect(() => readArguments(words)).toThrow(
      expect.objectContaining({
        code: 'PROGRAM_ARGUMENT_INVALID',
        message: expect.stringContaining(message),
      }),
    );
  });
});

describe('a definition', () => {
  test('has its defaults where it says nothing', () => {
    expect(readDefinition('{"targetColumn": "Y"}')).toMatchObject({
      task: 'regression',
      trainingData: 'training_data',
      primaryMetric: null,
      featurization: { mode: 'auto' },
    });
  });

  test.each([
    ['', /is no JSON/],
    ['[]', /the definition.*must be an object/],
    ['{}', /'targetColumn'.*is missing/],
    [{ task: 'ranking' }, /'task'.*"ranking".*one of regression/],
    [{ targetColumn: 1 }, /'targetColumn'.*must be text/],
    [{ limits: { maxTrials: 0 } }, /'limits.maxTrials'.*from 1 on/],
    [{ limits: { maxTrials: '3' } }, /'limits.maxTrials'.*a number/],
    [{ validationDataSize: 2 }, /'validationDataSize'.*from 0 to 1/],
    [{ nCrossValidations: 'all' }, /'nCrossValidations'/],
    [{ training: { allowedAlgorithms: 'knn' } }, /'training.allowedAlgorithms'.*a list/],
    [{ featurization: { mode: 'on' } }, /'featurization.mode'.*auto, off, custom/],
    [{ featurization: { columnNameAndTypes: { a: 1 } } }, /columnNameAndTypes.a'/],
    [{ cvSplitColumnNames: [1] }, /'cvSplitColumnNames'/],
    [{ properties: [] }, /'properties'/],
  ])('as %j is refused by the field', (content, message) => {
    const text = typeof content === 'string' ? content : JSON.stringify({ ...least, ...content });
    expect(() => readDefinition(text)).toThrow(
      expect.objectContaining({
        code: 'DEFINITION_INVALID',
        message: expect.stringMatching(message),
      }),
    );
  });

  test('with keys of every object is no trap', () => {
    expect(readDefinition('{"targetColumn": "Y", "__proto__": {"task": "x"}}').task).toBe(
      'regression',
    );
  });
});

describe('the settings of a definition', () => {
  test('have its limits in seconds, its learners and its data', () => {
    const { settings: given, notes } = settings({
      primaryMetric: 'r2_score',
      nCrossValidations: 3,
      validationDataSize: 0,
      weightColumn: 'w',
      limits: { maxTrials: 5, timeoutMinutes: 1.5, trialTimeoutMinutes: 1, exitScore: 0.9 },
      training: { allowedAlgorithms: ['knn'], enableStackEnsemble: false },
    });
    expect(notes).toEqual([]);
    expect(given).toMatchObject({
      ...{ task: 'regression', targetColumn: 'Y', primaryMetric: 'r2_score' },
      ...{ maxTrials: 5, timeBudgetSeconds: 90, trialTimeoutSeconds: 60, exitScore: 0.9 },
      ...{ allowedLearners: ['knn'], stackEnsemble: false, crossValidations: 3 },
      ...{ validationSize: null, weightColumn: 'w', enableEarlyTermination: true },
    });
    expect(given).not.toHaveProperty('voteEnsemble');
  });

  test('take the metric from the input of that name where the definition has none', () => {
    const inputs = new Map([['primary_metric', 'spearman_correlation']]);
    expect(settings({}, inputs).settings.primaryMetric).toBe('spearman_correlation');
    expect(settings({ primaryMetric: 'r2_score' }, inputs).settings.primaryMetric).toBe('r2_score');
  });

  test('say a column’s purpose in our words, and mean what stands beside `auto`', () => {
    const columnNameAndTypes = { day: 'date_time', note: 'ignore', size: 'numeric' };
    const { featurization } = settings({ featurization: { columnNameAndTypes } }).settings;
    expect(featurization).toMatchObject({ mode: 'custom' });
    expect([...(featurization?.columnTypes ?? [])]).toEqual([
      ['day', 'datetime'],
      ['note', 'ignored'],
      ['size', 'numeric'],
    ]);
    expect(settings({ featurization: { mode: 'off' } }).settings.featurization?.mode).toBe('off');
  });

  test('have the seed, the preset and the limits of the model from properties', () => {
    const properties = {
      'ridgeline.automl.seed': '7',
      'ridgeline.automl.preset': 'fast',
      'ridgeline.automl.class_weight': 'balanced',
      'ridgeline.automl.max_model_bytes': '1e6',
      'ridgeline.automl.max_latency_microseconds': '12.5',
      'ridgeline.max_retries': '2',
    };
    expect(settings({ properties }).settings).toMatchObject({
      ...{ seed: 7, preset: 'fast', classWeight: 'balanced' },
      ...{ maxModelBytes: 1_000_000, maxLatencyMicroseconds: 12.5 },
    });
    const wrong = (name: string, value: string) => () =>
      settings({ properties: { [`ridgeline.automl.${name}`]: value } });
    expect(wrong('sed', '1')).toThrow(/'ridgeline.automl.sed'; did you mean 'seed'/);
    expect(wrong('seed', '')).toThrow(/must be a number/);
  });

  test('tell what has no effect, by its name', () => {
    const { notes } = settings({
      limits: { maxCoresPerTrial: 2 },
      training: { enableDnnTraining: true },
      featurization: {
        datasetLanguage: 'deu',
        enableDnnFeaturization: true,
        transformerParams: { Imputer: [] },
      },
    });
    expect(notes.map((note) => note.split(' ')[0])).toEqual([
      ...['limits', 'max_cores_per_trial', 'enable_dnn_training', 'enable_dnn_featurization'],
      ...['dataset_language', 'transformer_params'],
    ]);
    expect(
      settings({ limits: { maxTrials: 1 }, featurization: { datasetLanguage: 'ENG' } }).notes,
    ).toEqual([]);
  });
});
