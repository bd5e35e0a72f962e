// The jobs that are built, and by name those that are not.
import { automlNotBuilt, automlSchema } from './automl-schema.ts';
import { notBuilt, string, workKeys } from './common-schemas.ts';
import { inputsSchema, outputsSchema } from './port-schemas.ts';
import type { ObjectSchema, Schema } from './schema-types.ts';
import { stepsSchema } from './step-schema.ts';
import { sweepKeys, sweepRequired } from './sweep-schema.ts';
import { commandKeys, parallelKeys } from './work-schemas.ts';

/** A job's own output has nothing to be bound to, so a scalar cannot stand for it. */
const jobOutputs = outputsSchema({
  kind: 'object',
  title: 'an output',
  keys: {},
});

const { environment_variables: environmentVariables, queue_settings, ...shared } = workKeys;

const jobKeys = {
  $schema: string,
  type: string,
  name: { kind: 'string', name: 'jobName' },
  display_name: string,
  experiment_name: string,
  ...shared,
  inputs: inputsSchema('none'),
  outputs: jobOutputs,
} as const;

const workJobKeys = { ...jobKeys, environment_variables: environmentVariables, queue_settings };

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
    jobs: stepsSchema,
    component: notBuilt('a component as a whole job', 'make it a step under jobs'),
    schedule: notBuilt('a schedule inside a job', "write a file of its own with 'create_job'"),
  },
};

export const commandJobSchema: ObjectSchema = {
  kind: 'object',
  title: 'a command job',
  required: ['command'],
  keys: {
    ...commandKeys,
    ...workJobKeys,
    component: notBuilt('components in a command job', 'write the command itself'),
    trial: notBuilt('a trial without its sweep', "write 'type: sweep'"),
  },
};

export const sweepJobSchema: ObjectSchema = {
  kind: 'object',
  title: 'a sweep job',
  required: sweepRequired,
  keys: { ...sweepKeys, ...workJobKeys },
};

export const parallelJobSchema: ObjectSchema = {
  kind: 'object',
  title: 'a parallel job',
  required: ['task', 'input_data'],
  keys: { ...parallelKeys, ...workJobKeys },
};

export const automlJobSchema: Schema = automlSchema({ ...workJobKeys, ...automlNotBuilt }, 'none');

/** Job types of Azure ML that are refused by name. */
export const jobTypesNotBuilt = {
  spark: 'Spark',
  import: 'data imports',
  data_transfer: 'data transfers',
  finetuning: 'fine-tuning',
  distillation: 'distillation',
} as const;
