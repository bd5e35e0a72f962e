// A sweep: its search space, how values are drawn, when a trial is given up.
import {
  boolean,
  distribution,
  environment,
  environmentVariables,
  queueSettings,
  resources,
  seconds,
  string,
} from './common-schemas.ts';
import { commandComponentSchema } from './component-schema.ts';
import type { ObjectSchema, Schema, VariantSchema } from './schema-types.ts';

const number: Schema = { kind: 'number' };
const positive: Schema = { kind: 'number', minimum: Number.MIN_VALUE };

function drawn(type: string, keys: Readonly<Record<string, Schema>>): [string, ObjectSchema] {
  const required = ['type', ...Object.keys(keys)];
  return [type, { kind: 'object', title: `'${type}'`, required, keys: { type: string, ...keys } }];
}

const range = { min_value: number, max_value: number };
const bell = { mu: number, sigma: positive };

const choice: Schema = {
  kind: 'list',
  of: 'value',
  items: { kind: 'literal', expressions: 'none' },
};

const searchSpace: Schema = {
  kind: 'names',
  of: 'parameter',
  rule: 'identifier',
  values: {
    kind: 'variant',
    title: 'a distribution',
    key: 'type',
    fallback: 'choice',
    anyCase: true,
    variants: Object.fromEntries([
      drawn('choice', { values: choice }),
      drawn('randint', { upper: { kind: 'integer', minimum: 1 } }),
      drawn('uniform', range),
      drawn('loguniform', range),
      drawn('quniform', { ...range, q: positive }),
      drawn('qloguniform', { ...range, q: positive }),
      drawn('normal', bell),
      drawn('lognormal', bell),
      drawn('qnormal', { ...bell, q: positive }),
      drawn('qlognormal', { ...bell, q: positive }),
    ]),
  },
};

const algorithms = ['random', 'grid', 'bayesian'] as const;
const algorithm = (name: string, keys: Readonly<Record<string, Schema>>): ObjectSchema => ({
  kind: 'object',
  title: `${name} sampling`,
  keys: { type: string, ...keys },
});

const sampling: Schema = {
  kind: 'shortOrLong',
  short: { kind: 'string', allowed: algorithms, anyCase: true },
  long: {
    kind: 'variant',
    title: 'a sampling algorithm',
    key: 'type',
    fallback: 'random',
    anyCase: true,
    variants: {
      random: algorithm('random', {
        rule: { kind: 'string', allowed: ['random', 'sobol'], anyCase: true },
        seed: { kind: 'integer', minimum: 0 },
        logbase: { kind: 'number', minimum: Number.MIN_VALUE, orWords: ['e'] },
      }),
      grid: algorithm('grid', {}),
      bayesian: algorithm('Bayesian', {}),
    },
  },
};

const policyKeys = {
  type: string,
  evaluation_interval: { kind: 'integer', minimum: 1 },
  delay_evaluation: { kind: 'integer', minimum: 0 },
} as const;

const earlyTermination: VariantSchema = {
  kind: 'variant',
  title: 'an early termination policy',
  key: 'type',
  fallback: 'bandit',
  anyCase: true,
  variants: {
    bandit: {
      kind: 'object',
      title: 'a bandit policy',
      required: ['type'],
      keys: { ...policyKeys, slack_factor: positive, slack_amount: positive },
    },
    median_stopping: { kind: 'object', title: 'a median stopping policy', keys: policyKeys },
    truncation_selection: {
      kind: 'object',
      title: 'a truncation selection policy',
      required: ['truncation_percentage'],
      keys: {
        ...policyKeys,
        truncation_percentage: { kind: 'integer', minimum: 1, maximum: 99 },
        exclude_finished_jobs: boolean,
      },
    },
  },
};

const trials: Schema = { kind: 'integer', minimum: 1, maximum: 1000 };

/** The trial of a sweep: a command as it stands, or a component of its own or from elsewhere. */
const trial: Schema = {
  kind: 'shortOrLong',
  short: string,
  long: {
    ...commandComponentSchema,
    title: 'a trial',
    keys: {
      ...commandComponentSchema.keys,
      environment,
      environment_variables: environmentVariables,
      distribution,
    },
  },
};

export const sweepKeys = {
  trial,
  search_space: searchSpace,
  sampling_algorithm: sampling,
  objective: {
    kind: 'object',
    title: 'an objective',
    required: ['goal', 'primary_metric'],
    keys: {
      goal: { kind: 'string', allowed: ['minimize', 'maximize'], anyCase: true },
      primary_metric: string,
    },
  },
  early_termination: earlyTermination,
  limits: {
    kind: 'object',
    title: 'limits of a sweep',
    keys: {
      max_total_trials: trials,
      max_concurrent_trials: trials,
      timeout: seconds,
      trial_timeout: seconds,
    },
  },
  resources,
  queue_settings: queueSettings,
} as const satisfies Record<string, Schema>;

export const sweepRequired = ['trial', 'search_space', 'sampling_algorithm', 'objective'] as const;
