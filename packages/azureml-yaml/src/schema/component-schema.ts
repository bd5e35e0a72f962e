// Components, inline in a step or in files of their own: those that hold no steps.
import {
  binding,
  boolean,
  environmentVariables,
  notBuilt,
  prose,
  string,
  textMap,
} from './common-schemas.ts';
import { inputsSchema, outputsSchema } from './port-schemas.ts';
import type { ObjectSchema } from './schema-types.ts';
import { commandKeys, parallelKeys } from './work-schemas.ts';

/** What components of all types say. */
export const componentKeys = {
  $schema: string,
  type: string,
  name: string,
  version: { kind: 'text' },
  display_name: string,
  description: prose,
  tags: textMap,
  properties: textMap,
  inputs: inputsSchema('none'),
  outputs: outputsSchema(binding),
  is_deterministic: boolean,
  additional_includes: notBuilt('additional includes', 'put the files below the code folder'),
  services: notBuilt('interactive services'),
} as const;

export const commandComponentSchema: ObjectSchema = {
  kind: 'object',
  title: 'a command component',
  required: ['command'],
  keys: { ...componentKeys, ...commandKeys, environment_variables: environmentVariables },
};

export const parallelComponentSchema: ObjectSchema = {
  kind: 'object',
  title: 'a parallel component',
  required: ['task', 'input_data'],
  keys: { ...componentKeys, ...parallelKeys, environment_variables: environmentVariables },
};
