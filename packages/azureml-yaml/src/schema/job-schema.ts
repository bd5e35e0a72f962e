// The two jobs that are built, and by name those that are not.
import {
  command,
  environment,
  environmentVariables,
  limits,
  notBuilt,
  notBuiltOfCommand,
  prose,
  resources,
  string,
  textMap,
} from './common-schemas.ts';
import { inputsSchema, outputsSchema } from './port-schemas.ts';
import type { ObjectSchema, Schema } from './schema-types.ts';
import { stepsSchema } from './step-schema.ts';

const jobKeys = {
  $schema: string,
  type: string,
  name: { kind: 'string', name: 'jobName' },
  display_name: string,
  experiment_name: string,
  description: prose,
  tags: textMap,
  properties: textMap,
  compute: string,
  inputs: inputsSchema('none'),
} as const;

/** A job's own output has nothing to be bound to, so a scalar cannot stand for it. */
const jobOutputs = outputsSchema({
  kind: 'object',
  title: 'an output',
  keys: {},
});

const { services, identity } = notBuiltOfCommand;

const settings: Schema = {
  kind: 'object',
  title: 'settings of a pipeline',
  keys: {
    default_compute: string,
    default_datastore: string,
    continue_on_step_failure: { kind: 'boolean' },
    force_rerun: { kind: 'boolean' },
    on_init: notBuilt('a step before the pipeline', 'make it the first step'),
    on_finalize: notBuilt('a step after the pipeline', 'make it the last step'),
  },
};

export const pipelineJobSchema: ObjectSchema = {
  kind: 'object',
  title: 'a pipeline job',
  required: ['jobs'],
  keys: {
    ...jobKeys,
    settings,
    outputs: jobOutputs,
    jobs: stepsSchema,
    services,
    identity,
    component: notBuilt('pipeline components', 'write the steps under jobs'),
    schedule: notBuilt('schedules'),
  },
};

export const commandJobSchema: ObjectSchema = {
  kind: 'object',
  title: 'a command job',
  required: ['command'],
  keys: {
    ...jobKeys,
    command,
    code: string,
    environment,
    environment_variables: environmentVariables,
    outputs: jobOutputs,
    limits,
    resources,
    ...notBuiltOfCommand,
    component: notBuilt('components in a command job', 'write the command itself'),
    trial: notBuilt('sweep trials', 'run one command'),
  },
};

/** Job types of Azure ML that are refused by name. */
export const jobTypesNotBuilt = {
  sweep: 'hyperparameter sweeps',
  automl: 'automated ML',
  parallel: 'parallel runs',
  spark: 'Spark',
  import: 'data imports',
  data_transfer: 'data transfers',
  finetuning: 'fine-tuning',
  distillation: 'distillation',
} as const;
