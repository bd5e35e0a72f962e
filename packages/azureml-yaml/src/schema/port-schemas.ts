// Inputs and outputs: Azure ML's types and modes, short and long form.
import { notBuilt, prose, string } from './common-schemas.ts';
import type { ExpressionUse, NamesSchema, ObjectSchema, Schema } from './schema-types.ts';

export const dataTypes = [
  'uri_file',
  'uri_folder',
  'mltable',
  'mlflow_model',
  'custom_model',
] as const;
export const literalTypes = ['string', 'number', 'integer', 'boolean'] as const;
export const inputModes = ['ro_mount', 'download'] as const;
export const outputModes = ['rw_mount', 'upload'] as const;

const typeKey = (type: string): Schema => ({ kind: 'string', allowed: [type] });
const notBuiltTypes = { triton_model: 'Triton models' } as const;

const parameterKeys = {
  description: prose,
  optional: notBuilt('optional inputs', "give the input a 'default'"),
  min: notBuilt('ranges of inputs', 'check the value in the step'),
  max: notBuilt('ranges of inputs', 'check the value in the step'),
  enum: notBuilt('enumerated inputs', 'check the value in the step'),
  value: notBuilt("the long form with 'value'", "write 'default' instead"),
} as const;

function literalInput(type: (typeof literalTypes)[number]): ObjectSchema {
  const value: Schema = type === 'string' ? { kind: 'string', mayBeEmpty: true } : { kind: type };
  return {
    kind: 'object',
    title: `an input of type ${type}`,
    keys: { type: typeKey(type), default: value, ...parameterKeys },
  };
}

function dataInput(type: string, expressions: ExpressionUse): ObjectSchema {
  return {
    kind: 'object',
    title: `an input of type ${type}`,
    keys: {
      type: typeKey(type),
      path: { kind: 'string', expressions },
      mode: {
        kind: 'string',
        allowed: inputModes,
        notBuilt: {
          direct: 'passing the address instead of a path',
          eval_mount: 'evaluated tables',
          eval_download: 'evaluated tables',
        },
      },
      description: prose,
      optional: parameterKeys.optional,
      datastore: notBuilt('choosing a datastore for uploads', 'use settings.default_datastore'),
    },
  };
}

/** `expressions`: `none` for a job's own inputs, `binding` for those of a pipeline's step. */
export function inputsSchema(expressions: ExpressionUse): NamesSchema {
  const literals = literalTypes.map((type) => [type, literalInput(type)] as const);
  const data = dataTypes.map((type) => [type, dataInput(type, expressions)] as const);
  return {
    kind: 'names',
    of: 'input',
    rule: 'identifier',
    mayBeEmpty: true,
    values: {
      kind: 'shortOrLong',
      short: { kind: 'literal', expressions },
      long: {
        kind: 'variant',
        title: 'an input',
        key: 'type',
        fallback: 'uri_folder',
        variants: Object.fromEntries([...data, ...literals]),
        notBuilt: notBuiltTypes,
      },
    },
  };
}

const outputObject: ObjectSchema = {
  kind: 'object',
  title: 'an output',
  keys: {
    type: {
      kind: 'string',
      allowed: dataTypes,
      notBuilt: {
        ...notBuiltTypes,
        string: 'values as outputs',
        number: 'values as outputs',
        integer: 'values as outputs',
        boolean: 'values as outputs',
      },
    },
    mode: {
      kind: 'string',
      allowed: outputModes,
      notBuilt: {
        direct: 'passing the address instead of a path',
        mount: 'the former name of rw_mount',
      },
    },
    path: { ...string, expressions: 'binding' },
    description: prose,
    name: notBuilt('registering an output as a data asset', 'register it from the step'),
    version: notBuilt('registering an output as a data asset', 'register it from the step'),
    is_control: notBuilt('control outputs'),
    early_available: notBuilt('outputs before the end of a step'),
  },
};

/** `short`: what a scalar may be; a step's output may be `${{parent.outputs.x}}`. */
export function outputsSchema(short: Schema): NamesSchema {
  return {
    kind: 'names',
    of: 'output',
    rule: 'identifier',
    mayBeEmpty: true,
    values: { kind: 'shortOrLong', short, long: outputObject, mayBeNull: true },
  };
}
