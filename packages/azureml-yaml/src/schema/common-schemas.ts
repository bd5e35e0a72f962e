// Pieces that several tables share.
import type { NotBuiltSchema, ObjectSchema, Schema, StringSchema } from './schema-types.ts';

export const string: StringSchema = { kind: 'string' };
/** Prose: an expression in it is only talked about. */
export const prose: StringSchema = { kind: 'string', expressions: 'text', mayBeEmpty: true };

/** Linux gives a process no argument of 128 KiB, and `sh -c` takes the command as one. */
export const command: StringSchema = {
  kind: 'string',
  expressions: 'command',
  maxLength: 100_000,
};

/** The whole value is `${{…}}`. */
export const binding: StringSchema = { kind: 'string', expressions: 'binding' };

export const boolean: Schema = { kind: 'boolean' };
export const seconds: Schema = { kind: 'integer', minimum: 1, maximum: 31_536_000 };

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

/** The conda file's own data is read by whoever builds the environment. */
export const environmentSources = {
  image: string,
  conda_file: { kind: 'shortOrLong', short: string, long: { kind: 'any' } },
  os_type: {
    kind: 'string',
    allowed: ['linux'],
    anyCase: true,
    notBuilt: { windows: 'Windows images' },
  },
  inference_config: { kind: 'any', noEffect: 'an endpoint here serves models itself' },
} as const satisfies Record<string, Schema>;

const asOfJob = 'an environment within a job has none of its own';

/** Of a step: a reference, or an environment that stands there itself. */
export const environment: Schema = {
  kind: 'shortOrLong',
  short: string,
  long: {
    kind: 'object',
    title: 'an inline environment',
    keys: {
      ...environmentSources,
      $schema: string,
      name: { ...string, noEffect: asOfJob },
      version: { kind: 'text', noEffect: asOfJob },
      description: prose,
      tags: textMap,
      properties: textMap,
      build: notBuilt(
        'building a container image',
        "steps run in no container; write what it installs as a 'conda_file'",
      ),
    },
  },
};

const resourceKeys = {
  instance_type: { ...string, noEffect: 'steps run on the machine of the compute' },
  max_instance_count: notBuilt('elastic training'),
  shm_size: { ...string, noEffect: "a step has its machine's memory" },
  docker_args: notBuilt('container arguments'),
  locations: notBuilt('locations'),
  properties: { kind: 'any', noEffect: 'steps run on the machine of the compute' },
} as const;

/** Of one process. */
export const resources: Schema = {
  kind: 'object',
  title: 'resources',
  keys: {
    instance_count: {
      kind: 'integer',
      only: { value: 1, otherwise: 'a step on more than one node, distributed' },
    },
    ...resourceKeys,
  },
};

/** Of work that is cut into parts. */
export const resourcesOfMany: Schema = {
  kind: 'object',
  title: 'resources',
  keys: { instance_count: { kind: 'integer', minimum: 1, maximum: 1000 }, ...resourceKeys },
};

const sweepLimit = notBuilt('sweep limits', "they are for 'type: sweep'");

export const limits: ObjectSchema = {
  kind: 'object',
  title: 'limits of a command',
  keys: {
    timeout: { kind: 'integer', minimum: 1, maximum: 2_147_483 },
    max_concurrent_trials: sweepLimit,
    max_total_trials: sweepLimit,
    trial_timeout: sweepLimit,
  },
};

export const queueSettings: Schema = {
  kind: 'object',
  title: 'queue settings',
  keys: {
    priority: { kind: 'string', allowed: ['low', 'medium', 'high'], anyCase: true },
    job_tier: { ...string, noEffect: 'a compute here has one tier' },
  },
};

export const distribution = notBuilt(
  'distributed training',
  'run the command in one process and remove the key',
);

/** What all work has in common, and this package builds or refuses alike. */
export const workKeys = {
  description: prose,
  tags: textMap,
  properties: textMap,
  environment_variables: environmentVariables,
  compute: string,
  queue_settings: queueSettings,
  identity: notBuilt('identities', 'remove the key; a step acts with its own token'),
  services: notBuilt('interactive services'),
  parent_job_name: notBuilt('attaching a job to another', 'put the command into a pipeline'),
} as const;
