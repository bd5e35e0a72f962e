// A pipeline's steps, and the command component that a step may hold inline.
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

const outputBinding: Schema = { kind: 'string', expressions: 'binding' };

const component: ObjectSchema = {
  kind: 'object',
  title: 'an inline command component',
  required: ['command'],
  keys: {
    $schema: string,
    type: {
      kind: 'string',
      allowed: ['command'],
      notBuilt: { pipeline: 'pipelines as components', parallel: 'parallel runs', spark: 'Spark' },
    },
    name: { ...string, noEffect: 'an inline component is not registered' },
    version: { kind: 'text', noEffect: 'an inline component is not registered' },
    display_name: string,
    description: prose,
    tags: textMap,
    command,
    code: string,
    environment,
    inputs: inputsSchema('none'),
    outputs: outputsSchema(outputBinding),
    resources,
    is_deterministic: { kind: 'boolean', noEffect: 'every step runs; results are not reused' },
    distribution: notBuiltOfCommand.distribution,
  },
};

const commandStep: ObjectSchema = {
  kind: 'object',
  title: 'a command step',
  keys: {
    type: { kind: 'string', allowed: ['command'] },
    component: {
      kind: 'shortOrLong',
      short: notBuilt('a component from a file or the registry', 'write the component inline'),
      long: component,
    },
    display_name: string,
    description: prose,
    tags: textMap,
    command,
    code: string,
    environment,
    environment_variables: environmentVariables,
    compute: string,
    inputs: inputsSchema('binding'),
    outputs: outputsSchema(outputBinding),
    limits,
    resources,
    ...notBuiltOfCommand,
    name: notBuilt('a name inside a step', 'the key above the step is its name; remove this one'),
    properties: notBuilt('properties of a step', "use 'tags'"),
    trial: notBuilt('sweep trials', 'run one command a step'),
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
    variants: { command: commandStep },
    notBuilt: {
      sweep: 'hyperparameter sweeps',
      automl: 'automated ML',
      parallel: 'parallel runs',
      spark: 'Spark',
      import: 'data imports',
      data_transfer: 'data transfers',
      pipeline: 'pipelines as steps',
      do_while: 'loops',
      parallel_for: 'loops',
      if_else: 'conditions',
    },
  },
};
