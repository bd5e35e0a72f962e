// A pipeline's steps, and the components that they hold; these may be pipelines again.
import { automlNotBuilt, automlSchema } from './automl-schema.ts';
import { binding, notBuilt, string, workKeys } from './common-schemas.ts';
import {
  commandComponentSchema,
  componentKeys,
  parallelComponentSchema,
} from './component-schema.ts';
import { inputsSchema, outputsSchema } from './port-schemas.ts';
import type { ListSchema, ObjectSchema, Schema, VariantSchema } from './schema-types.ts';
import { sweepKeys, sweepRequired } from './sweep-schema.ts';
import { commandKeys, parallelKeys } from './work-schemas.ts';

const decidedByTheJob = 'the job that it stands in decides';

const pipelineComponentSchema: ObjectSchema = {
  kind: 'object',
  title: 'a pipeline component',
  required: ['jobs'],
  keys: {
    ...componentKeys,
    settings: {
      kind: 'object',
      title: 'settings of a pipeline component',
      keys: {
        default_compute: string,
        default_datastore: { ...string, noEffect: decidedByTheJob },
        continue_on_step_failure: { kind: 'boolean', noEffect: decidedByTheJob },
        force_rerun: { kind: 'boolean', noEffect: decidedByTheJob },
      },
    },
    // Asked for when it is needed: steps hold components, which hold steps.
    get jobs(): Schema {
      return stepsSchema;
    },
  },
};

export const componentSchema: VariantSchema = {
  kind: 'variant',
  title: 'a component',
  key: 'type',
  fallback: 'command',
  variants: {
    command: commandComponentSchema,
    parallel: parallelComponentSchema,
    pipeline: pipelineComponentSchema,
  },
  notBuilt: {
    spark: 'Spark',
    import: 'data imports',
    data_transfer: 'data transfers',
    sweep: 'sweeps as components',
    automl: 'automated ML as a component',
  },
};

const stepKeys = {
  type: string,
  display_name: string,
  ...workKeys,
  inputs: inputsSchema('binding'),
  outputs: outputsSchema(binding),
  name: notBuilt('a name inside a step', 'the key above the step is its name; remove this one'),
} as const;

const component: Schema = { kind: 'shortOrLong', short: string, long: componentSchema };

const commandStep: ObjectSchema = {
  kind: 'object',
  title: 'a command step',
  keys: {
    component,
    ...commandKeys,
    ...stepKeys,
    trial: notBuilt('a trial without its sweep', "write 'type: sweep'"),
  },
};

const parallelStep: ObjectSchema = {
  kind: 'object',
  title: 'a parallel step',
  keys: { component, ...parallelKeys, ...stepKeys },
};

const sweepStep: ObjectSchema = {
  kind: 'object',
  title: 'a sweep step',
  required: sweepRequired,
  keys: { ...sweepKeys, ...stepKeys },
};

const pipelineStep: ObjectSchema = {
  kind: 'object',
  title: 'a pipeline step',
  required: ['component'],
  keys: {
    ...stepKeys,
    component,
    settings: { kind: 'object', title: 'settings', keys: { default_compute: string } },
  },
};

const { description, properties, tags } = workKeys;
const controlKeys = {
  type: string,
  display_name: string,
  description,
  tags,
  properties,
} as const;
const blocks: ListSchema = { kind: 'list', of: 'step', mayBeOne: true, items: binding };

const conditionStep: ObjectSchema = {
  kind: 'object',
  title: 'an if_else step',
  required: ['condition'],
  keys: {
    ...controlKeys,
    condition: { kind: 'literal', expressions: 'binding' },
    true_block: blocks,
    false_block: blocks,
  },
};

const loopStep: ObjectSchema = {
  kind: 'object',
  title: 'a do_while step',
  required: ['body', 'condition', 'limits', 'mapping'],
  keys: {
    ...controlKeys,
    body: binding,
    condition: { kind: 'literal', expressions: 'binding' },
    mapping: {
      kind: 'names',
      of: 'output',
      rule: 'identifier',
      values: { kind: 'list', of: 'input', mayBeOne: true, items: string },
      mayBeEmpty: true,
    },
    limits: {
      kind: 'object',
      title: 'limits of a loop',
      required: ['max_iteration_count'],
      keys: { max_iteration_count: { kind: 'integer', minimum: 1, maximum: 1000 } },
    },
  },
};

const forEachStep: ObjectSchema = {
  kind: 'object',
  title: 'a parallel_for step',
  required: ['body', 'items'],
  keys: {
    ...controlKeys,
    body: binding,
    // A list, a mapping, a text of JSON, or a binding: judged where it is converted.
    items: { kind: 'any' },
    max_concurrency: { kind: 'integer', minimum: 1, maximum: 1000 },
    outputs: outputsSchema(binding),
  },
};

export const stepsSchema: Schema = {
  kind: 'names',
  of: 'step',
  rule: 'identifier',
  values: {
    kind: 'variant',
    title: 'a step',
    key: 'type',
    fallback: 'command',
    variants: {
      command: commandStep,
      parallel: parallelStep,
      sweep: sweepStep,
      automl: automlSchema({ ...stepKeys, ...automlNotBuilt }, 'binding'),
      pipeline: pipelineStep,
      if_else: conditionStep,
      do_while: loopStep,
      parallel_for: forEachStep,
    },
    notBuilt: {
      spark: 'Spark',
      import: 'data imports',
      data_transfer: 'data transfers',
      finetuning: 'fine-tuning',
      distillation: 'distillation',
    },
  },
};
