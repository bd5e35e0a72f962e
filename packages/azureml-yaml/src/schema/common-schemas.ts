// Pieces that several tables share.
import type { NotBuiltSchema, Schema, StringSchema } from './schema-types.ts';

export const string: StringSchema = { kind: 'string' };
/** Prose: an expression in it is only talked about. */
export const prose: StringSchema = { kind: 'string', expressions: 'text', mayBeEmpty: true };

/** Linux gives a process no argument of 128 KiB, and `sh -c` takes the command as one. */
export const command: StringSchema = {
  kind: 'string',
  expressions: 'command',
  maxLength: 100_000,
};

export function notBuilt(feature: string, instead = 'remove the key'): NotBuiltSchema {
  return { kind: 'notBuilt', feature, instead };
}

export const textMap: Schema = {
  kind: 'names',
  of: 'tag',
  rule: 'any',
  values: { kind: 'text' },
  mayBeEmpty: true,
};

export const environmentVariables: Schema = {
  kind: 'names',
  of: 'environment variable',
  rule: 'environmentVariable',
  values: { kind: 'text', secret: true },
  mayBeEmpty: true,
};

export const environment: Schema = {
  kind: 'shortOrLong',
  short: string,
  long: notBuilt('an inline environment', "name one: 'azureml:ridgeline-node@latest'"),
};

export const resources: Schema = {
  kind: 'object',
  title: 'resources',
  keys: {
    instance_count: {
      kind: 'integer',
      only: { value: 1, otherwise: 'a step on more than one node' },
    },
    instance_type: { ...string, noEffect: 'steps run on the machine of the compute' },
    max_instance_count: notBuilt('elastic training'),
    shm_size: notBuilt('container memory'),
    docker_args: notBuilt('container arguments'),
    locations: notBuilt('locations'),
    properties: notBuilt('resource properties'),
  },
};

export const limits: Schema = {
  kind: 'object',
  title: 'limits of a command',
  keys: {
    timeout: { kind: 'integer', minimum: 1, maximum: 2_147_483 },
    max_concurrent_trials: notBuilt('sweep limits'),
    max_total_trials: notBuilt('sweep limits'),
    trial_timeout: notBuilt('sweep limits'),
  },
};

/** What a command job and a command step have in common and this package does not build. */
export const notBuiltOfCommand = {
  distribution: notBuilt(
    'distributed training',
    'run the command in one process and remove the key',
  ),
  identity: notBuilt('identities', 'remove the key; a step acts with its own token'),
  services: notBuilt('interactive services'),
  queue_settings: notBuilt('job tiers and queues'),
  parent_job_name: notBuilt('attaching a job to another', 'put the command into a pipeline'),
} as const;
