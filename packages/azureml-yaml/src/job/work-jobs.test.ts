import { describe, expect, it } from 'vitest';
import { assignInputs, localPaths, parseJob, renderCommand, toPipeline } from '../index.ts';
import { corpusComponents, fixture, goodJob, goodPipeline, stepOf } from '../testing.fixture.ts';

const { steps } = goodPipeline(fixture('composite-pipeline.yml'), corpusComponents);

const sweep = (rest: string) => `
type: sweep
name: tuning
inputs: {data: {path: ./data}}
outputs: {model: {type: mlflow_model}}
trial:
  command: train \${{inputs.data}} --lr \${{search_space.lr}} --to \${{outputs.model}}
  code: ./src
  environment: azureml:ridgeline-python@latest
  environment_variables: {A: 1}
search_space:
  lr: {type: loguniform, min_value: -6, max_value: -1}
objective: {goal: minimize, primary_metric: loss}
${rest}`;

describe('a sweep', () => {
  const tune = stepOf(steps, 'tune', 'sweep');

  it('as a step draws values for the inputs of its trial', () => {
    expect([...tune.inputs.keys()]).toEqual(['data']);
    expect(tune.trial.code).toBe('./components/src');
    expect(tune.trial.command).toBe(
      'prepare $' +
        '{{inputs.data}} --mode ${{search_space.mode}} $[[--rows ${{search_space.rows}}]] --to ${{outputs.table}}',
    );
    expect([...tune.searchSpace]).toEqual([
      ['rows', { type: 'randint', upper: 100 }],
      ['mode', { type: 'choice', values: ['fast', 'slow'] }],
    ]);
    expect(tune.sampling).toEqual({ algorithm: 'random', rule: 'sobol', seed: 7, logbase: null });
    expect(tune.objective).toEqual({ goal: 'maximize', primaryMetric: 'r2' });
    expect(tune.earlyTermination).toEqual({
      type: 'truncation_selection',
      truncationPercentage: 20,
      excludeFinishedJobs: false,
      evaluationInterval: 1,
      delayEvaluation: 5,
    });
    expect(tune.limits).toEqual({
      maxTotalTrials: 20,
      maxConcurrentTrials: 4,
      timeoutSeconds: 3600,
      trialTimeoutSeconds: null,
    });
  });

  it('as a job is a pipeline of one step', () => {
    const job = goodJob(sweep('sampling_algorithm: random'));
    const pipeline = toPipeline(job);
    const step = stepOf(pipeline.steps, 'tuning', 'sweep');
    expect(step.inputs.get('data')).toMatchObject({ kind: 'parentInput', name: 'data' });
    expect(step.outputs.get('model')).toMatchObject({ parentOutput: 'model' });
    expect(step.earlyTermination).toBeNull();
    expect(step.limits.maxConcurrentTrials).toBe(1000);
    expect([...step.trial.environmentVariables]).toEqual([['A', '1']]);
    expect(pipeline.outputs.get('model')?.producer).toEqual({ step: 'tuning', output: 'model' });
    expect(localPaths(job)).toEqual({ code: ['./src'], data: ['./data'] });
  });

  it.each([
    ['sampling_algorithm: grid', { algorithm: 'grid' }],
    ['sampling_algorithm: {type: bayesian}', { algorithm: 'bayesian' }],
    ['sampling_algorithm: {type: random, logbase: 10}', { algorithm: 'random', logbase: 10 }],
    ['sampling_algorithm: {type: random, logbase: e}', { logbase: null }],
  ])('%s', (written, expected) => {
    const text = sweep(written).replace(
      'loguniform, min_value: -6, max_value: -1',
      'choice, values: [1]',
    );
    expect(goodJob(text)).toMatchObject({ sampling: expected });
  });

  it.each([
    ['{type: bandit, slack_amount: 2}', { type: 'bandit', slackAmount: 2, slackFactor: null }],
    ['{type: MedianStopping, evaluation_interval: 3}', { type: 'median_stopping' }],
  ])('early termination %s', (written, expected) => {
    const text = sweep(`sampling_algorithm: random\nearly_termination: ${written}`);
    expect(goodJob(text)).toMatchObject({ earlyTermination: expected });
  });

  it.each([
    ['{type: uniform, min_value: 0, max_value: 1}', { type: 'uniform', minValue: 0, maxValue: 1 }],
    ['{type: quniform, min_value: 0, max_value: 9, q: 3}', { q: 3 }],
    ['{type: normal, mu: 1, sigma: 2}', { type: 'normal', mu: 1, sigma: 2 }],
    ['{type: qlognormal, mu: 1, sigma: 2, q: 0.5}', { q: 0.5 }],
    ['{type: choice, values: [1, 0.5, a, true]}', { values: [1, 0.5, 'a', true] }],
  ])('draws from %s', (written, expected) => {
    const text = sweep('sampling_algorithm: random').replace(/lr: \{.*/, `lr: ${written}`);
    const job = goodJob(text);
    expect(job.type === 'sweep' && job.searchSpace.get('lr')).toMatchObject(expected);
  });

  it('has a command that takes drawn values', () => {
    const drawn = new Map([['lr', '0.1']]);
    const values = { inputs: new Map(), outputs: new Map(), searchSpace: drawn };
    const template = `train \${{search_space.lr}} $[[--again \${{search_space.lr}}]]`;
    expect(renderCommand(template, values).replace(/ +/g, ' ')).toBe("train '0.1' --again '0.1' ");
    const { searchSpace: _, ...without } = values;
    expect(() => renderCommand(template, without)).toThrow('cannot stand in a command');
  });

  it('wants a value for each input of a trial that is a component', () => {
    const text = sweep('sampling_algorithm: random').replace(
      /trial:[\s\S]*?\nsearch_space/,
      'trial: ./components/prepare.yml\nsearch_space',
    );
    const options = { fileName: 'job.yml', components: corpusComponents };
    expect(parseJob(text, options).diagnostics).toEqual([]);
    const without = parseJob(text.replace('{data: {path: ./data}}', '{}'), options);
    expect(without.diagnostics).toMatchObject([{ code: 'INPUT_VALUE_MISSING', line: 6 }]);
  });
});

describe('a parallel run', () => {
  it('has its task, its data and its limits, with Azure ML’s defaults', () => {
    expect(stepOf(steps, 'score', 'parallel')).toMatchObject({
      inputData: 'data',
      miniBatchSize: '10kb',
      miniBatchErrorThreshold: -1,
      errorThreshold: 5,
      loggingLevel: 'INFO',
      maxConcurrencyPerInstance: 2,
      retrySettings: { maxRetries: 1, timeoutSeconds: 30 },
      instanceCount: 3,
      task: {
        kind: 'run_function',
        code: './score',
        entryScript: 'score.py',
        programArguments: `--model \${{inputs.model}}`,
        appendRowTo: 'rows',
      },
    });
  });

  it('is a job too', () => {
    const job = goodJob(`type: parallel
inputs: {d: {path: ./d}}
input_data: \${{inputs.d}}
mini_batch_size: 5
task: {code: ./s, entry_script: a.js}`);
    expect(stepOf(toPipeline(job).steps, 'parallel', 'parallel').miniBatchSize).toBe('5');
    expect(localPaths(job)).toEqual({ code: ['./s'], data: ['./d'] });
  });
});

describe('automated ML', () => {
  it('as a step is given its data as inputs', () => {
    const learn = stepOf(steps, 'learn', 'automl');
    expect(learn.inputs.get('training_data')).toMatchObject({ step: 'first.train' });
    expect(learn.inputs.get('validation_data')).toMatchObject({ path: 'azureml:validation:1' });
    expect(learn).toMatchObject({
      task: 'classification',
      primaryMetric: 'auc_weighted',
      targetColumn: 'Y',
      trainingData: 'training_data',
      validationData: 'validation_data',
      testData: null,
      positiveLabel: '1',
      forecasting: null,
      dependsOn: ['first.train'],
    });
    expect(learn.training.blockedAlgorithms).toEqual(['svm', 'light_gbm']);
    expect(learn.featurization.transformerParams.get('imputer')).toEqual([
      { fields: ['age'], parameters: { strategy: 'median' } },
    ]);
  });

  it('as a step takes its metric from a parameter, and is never taken from an earlier job', () => {
    const bound = goodJob(`type: pipeline
inputs: {primary_metric: r2_score, rows: {type: mltable, path: ./rows}}
jobs:
  learn:
    type: automl
    task: regression
    primary_metric: \${{parent.inputs.primary_metric}}
    target_column_name: Y
    training_data: \${{parent.inputs.rows}}`);
    const learn = stepOf(toPipeline(bound).steps, 'learn', 'automl');
    expect(learn).toMatchObject({ primaryMetric: null, isDeterministic: false });
    expect(learn.inputs.get('primary_metric')).toMatchObject({
      kind: 'parentInput',
      name: 'primary_metric',
    });
  });

  it('as a step refuses a parameter that is no metric of its task when it is given', () => {
    const text = `type: pipeline
inputs: {metric: r2_score, rows: {type: mltable, path: ./rows}}
jobs:
  learn:
    type: automl
    task: regression
    primary_metric: \${{parent.inputs.metric}}
    target_column_name: Y
    training_data: \${{parent.inputs.rows}}`;
    const { diagnostics } = assignInputs(goodJob(text), { metric: 'accuracy' });
    expect(diagnostics).toMatchObject([{ code: 'INPUT_VALUE_INVALID', line: 2 }]);
    expect(diagnostics[0].message).toMatch(/'spearman_correlation'.*'accuracy' was given/);
    const wrong = parseJob(text.replace('r2_score', 'r_two'), { fileName: 'job.yml' });
    expect(wrong.diagnostics).toMatchObject([{ code: 'VALUE_OUT_OF_RANGE', line: 7 }]);
  });

  it('as a job has its metric in its own words', () => {
    const text = `type: automl
task: regression
primary_metric: \${{parent.inputs.metric}}
target_column_name: Y
training_data: {path: ./rows, type: mltable}`;
    const { diagnostics } = parseJob(text, { fileName: 'job.yml' });
    expect(diagnostics.map(({ code }) => code)).toContain('EXPRESSION_NOT_ALLOWED');
  });

  it('as a job forecasts', () => {
    const job = goodJob(`type: automl
task: forecasting
target_column_name: demand
training_data: {type: mltable, path: ./table}
n_cross_validations: auto
forecasting:
  time_column_name: day
  forecast_horizon: 14
  target_lags: [1, 7]
  seasonality: auto
  time_series_id_column_names: store
  use_stl: season
limits: {exit_score: 0.9, max_concurrent_trials: 2}`);
    expect(job).toMatchObject({
      type: 'automl',
      nCrossValidations: 'auto',
      forecasting: {
        timeColumnName: 'day',
        forecastHorizon: 14,
        targetLags: [1, 7],
        seasonality: 'auto',
        timeSeriesIdColumnNames: ['store'],
        useStl: 'season',
      },
      limits: { exitScore: 0.9, maxConcurrentTrials: 2 },
    });
    expect(localPaths(job).data).toEqual(['./table']);
    expect(stepOf(toPipeline(job).steps, 'automl', 'automl').inputs.has('training_data')).toBe(
      true,
    );
  });
});

describe('inputs with limits', () => {
  const job = goodJob(`type: command
command: run \${{inputs.n}} \${{inputs.kind}} $[[--x \${{inputs.x}}]]
inputs:
  n: {type: integer, min: 1, max: 3}
  kind: {type: string, value: a, enum: [a, b]}
  x: {type: number, optional: true, min: 0}`);

  it.each([
    [{ n: 2 }, []],
    [{ n: '3', kind: 'b', x: 0 }, []],
    [{ n: 0 }, ["input 'n' takes 1 to 3, and '0' was given; give it another"]],
    [{ n: 1, x: -1 }, ["input 'x' takes at least 0, and '-1' was given; give it another"]],
    [
      { n: 1, kind: 'c' },
      ["input 'kind' takes one of 'a', 'b', and 'c' was given; give it another"],
    ],
  ])('given %j', (values, expected) => {
    const { diagnostics } = assignInputs(job, values as Record<string, string | number>);
    expect(diagnostics.map(({ message }) => message)).toEqual(expected);
  });

  it('may be left without a value only where they are optional', () => {
    const { diagnostics } = assignInputs(job, {});
    expect(diagnostics.map(({ code }) => code)).toEqual(['INPUT_VALUE_MISSING']);
  });
});
