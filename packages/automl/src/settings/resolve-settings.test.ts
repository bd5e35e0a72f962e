import { numberColumn, Table } from '@ridgeline/tabular';
import { describe, expect, it } from 'vitest';
import { AutoMLError } from '../errors.ts';
import { checkSettings, type GivenSettings, resolveSettings } from './resolve-settings.ts';

const table = Table.fromColumns([numberColumn('y', 'double', Float64Array.of(0.5, 1.5))]);

const resolve = (given: Partial<GivenSettings> & object) => {
  return resolveSettings(table, { targetColumn: 'y', ...given });
};

function errorOf(given: object): AutoMLError {
  try {
    resolve(given);
  } catch (error) {
    if (error instanceof AutoMLError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('resolveSettings', () => {
  it('takes the task from the target where none is named', () => {
    expect(resolve({}).task).toBe('regression');
  });

  it('has a minute where neither time nor trials are limited', () => {
    expect(resolve({}).timeBudgetSeconds).toBe(60);
  });

  it('leaves time unlimited where trials are limited', () => {
    expect(resolve({ maxTrials: 3 })).toMatchObject({ timeBudgetSeconds: null, maxTrials: 3 });
  });

  it.each([
    ['regression', 'normalized_root_mean_squared_error'],
    ['classification', 'accuracy'],
  ] as const)('steers a %s by Azure’s default', (task, primaryMetric) => {
    expect(resolve({ task }).primaryMetric).toBe(primaryMetric);
  });

  it('takes a metric in any case', () => {
    const given = { task: 'classification', primaryMetric: 'AUC_weighted' } as const;
    expect(resolve(given).primaryMetric).toBe('auc_weighted');
  });

  it('makes no ensembles for the preset fast, unless they are asked for', () => {
    expect(resolve({ preset: 'fast' }).voteEnsemble).toBe(false);
    expect(resolve({ preset: 'fast', voteEnsemble: true }).voteEnsemble).toBe(true);
  });

  it('knows purposes of columns in any case', () => {
    const featurization = { columnTypes: new Map([['city', 'Categorical']]) };
    const given = { featurization } as unknown as Partial<GivenSettings>;
    expect(resolve(given).featurization.columnTypes).toEqual(new Map([['city', 'categorical']]));
  });

  it.each([
    [{ maxTrails: 1 }, 'SETTING_UNKNOWN', "did you mean 'maxTrials'?"],
    [{ targetColumn: '' }, 'SETTING_INVALID', 'targetColumn'],
    [{ task: 'clustering' }, 'SETTING_INVALID', 'regression, classification'],
    [{ task: 'forecasting' }, 'TASK_NOT_SUPPORTED', 'forecasting'],
    [{ primaryMetric: 'accuracy' }, 'METRIC_UNKNOWN', 'no metric of a regression'],
    [{ primaryMetric: 'r2_scor' }, 'METRIC_UNKNOWN', "did you mean 'r2_score'?"],
    [{ primaryMetric: 'example_count' }, 'METRIC_UNKNOWN', 'cannot steer'],
    [{ timeBudgetSeconds: 0 }, 'SETTING_INVALID', 'above 0'],
    [{ timeBudgetSeconds: Number.NaN }, 'SETTING_INVALID', 'NaN'],
    [{ maxTrials: 1.5 }, 'SETTING_INVALID', 'a whole number from 1'],
    [{ maxConcurrentTrials: 1000 }, 'SETTING_INVALID', 'from 1 to 64'],
    [{ trialTimeoutSeconds: -1 }, 'SETTING_INVALID', 'trialTimeoutSeconds'],
    [{ exitScore: Number.POSITIVE_INFINITY }, 'SETTING_INVALID', 'finite'],
    [{ enableEarlyTermination: 'yes' }, 'SETTING_INVALID', 'true or false'],
    [{ crossValidations: 1 }, 'SETTING_INVALID', 'from 2 to 100'],
    [{ validationSize: 1 }, 'SETTING_INVALID', 'below 1'],
    [{ allowedLearners: [] }, 'SETTING_INVALID', 'at least one learner'],
    [{ allowedLearners: ['svm'] }, 'LEARNER_UNKNOWN', 'not among the learners here'],
    [{ blockedLearners: ['ridgee'] }, 'LEARNER_UNKNOWN', "did you mean 'ridge'?"],
    [{ blockedLearners: 'ridge' }, 'SETTING_INVALID', 'a list of texts'],
    [{ featurization: { mode: 'on' } }, 'SETTING_INVALID', 'auto, off, custom'],
    [{ featurization: { columnTypes: [['a', 'colour']] } }, 'SETTING_INVALID', "column 'a'"],
    [{ classWeight: 'equal' }, 'SETTING_INVALID', "'balanced'"],
    [{ seed: -1 }, 'SETTING_INVALID', 'seed'],
    [{ preset: 'slow' }, 'SETTING_INVALID', 'best, fast'],
    [{ maxModelBytes: 0 }, 'SETTING_INVALID', 'maxModelBytes'],
  ])('refuses %j', (given, code, message) => {
    const error = errorOf(given);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });
});

describe('checkSettings, before there is data', () => {
  it.each(['r2_score', 'auc_weighted'])('takes %s while the task is not known', (primaryMetric) => {
    expect(checkSettings({ targetColumn: 'y', primaryMetric }).task).toBeNull();
  });

  it('refuses a metric of no task', () => {
    const given = { targetColumn: 'y', primaryMetric: 'auc_wieghted' };
    expect(() => checkSettings(given)).toThrow("did you mean 'auc_weighted'");
  });

  it('refuses a metric of another task than is named', () => {
    const given = { targetColumn: 'y', task: 'regression', primaryMetric: 'accuracy' } as const;
    expect(() => checkSettings(given)).toThrow('is no metric of a regression');
  });
});
