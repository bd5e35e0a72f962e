// Inputs and outputs: Azure ML's types and modes, short and long form.
import { notBuilt, prose, string } from './common-schemas.ts';
import type { ExpressionUse, NamesSchema, ObjectSchema, Schema } from './schema-types.ts';

export const dataTypes = [
  'uri_file',
  'uri_folder',
  'mltable',
  'mlflow_model',
  'custom_model',
  'triton_model',
] as const;
export const literalTypes = ['string', 'number', 'integer', 'boolean'] as const;
export const inputModes = [
  'ro_mount',
  'download',
  'rw_mount',
  'mount',
  'direct',
  'eval_mount',
  'eval_download',
] as const;
export const outputModes = ['rw_mount', 'upload', 'mount', 'direct'] as const;

const typeKey = (type: string): Schema => ({ kind: 'string', allowed: [type] });
const aPath = 'a step is given a path on its machine';
const notEvaluated = 'a step is given the table as it is, not evaluated';

/** A number has a range, text and numbers may have a list of allowed values. */
function literalInput(
  type: (typeof literalTypes)[number],
  expressions: ExpressionUse,
): ObjectSchema {
  const own: Schema = type === 'string' ? { kind: 'string', mayBeEmpty: true } : { kind: type };
  // A binding is text, whatever the type; a plain value is judged where it is converted.
  const value: Schema = expressions === 'binding' ? { kind: 'literal', expressions } : own;
  const bound: Schema | null = type === 'number' || type === 'integer' ? { kind: type } : null;
  return {
    kind: 'object',
    title: `an input of type ${type}`,
    keys: {
      type: typeKey(type),
      default: own,
      value,
      ...(expressions === 'binding' && { path: value }),
      description: prose,
      optional: { kind: 'boolean' },
      enum: { kind: 'list', of: 'value', items: own },
      ...(bound !== null && { min: bound, max: bound }),
    },
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
        noEffectFor: {
          direct: aPath,
          mount: aPath,
          rw_mount: 'inputs are for reading',
          eval_mount: notEvaluated,
          eval_download: notEvaluated,
        },
      },
      description: prose,
      optional: { kind: 'boolean' },
      datastore: notBuilt('choosing a datastore for uploads', 'use settings.default_datastore'),
    },
  };
}

/** `expressions`: `none` for a job's own inputs, `binding` for those of a pipeline's step. */
export function inputsSchema(expressions: ExpressionUse): NamesSchema {
  return {
    kind: 'names',
    of: 'input',
    rule: 'identifier',
    mayBeEmpty: true,
    values: inputSchema(expressions),
  };
}

/** One input. */
export function inputSchema(expressions: ExpressionUse): Schema {
  const literals = literalTypes.map((type) => [type, literalInput(type, expressions)] as const);
  const data = dataTypes.map((type) => [type, dataInput(type, expressions)] as const);
  return {
    kind: 'shortOrLong',
    short: { kind: 'literal', expressions },
    long: {
      kind: 'variant',
      title: 'an input',
      key: 'type',
      fallback: 'uri_folder',
      variants: Object.fromEntries([...data, ...literals]),
    },
  };
}

const outputObject: ObjectSchema = {
  kind: 'object',
  title: 'an output',
  keys: {
    type: { kind: 'string', allowed: [...dataTypes, ...literalTypes] },
    mode: {
      kind: 'string',
      allowed: outputModes,
      noEffectFor: { direct: aPath, mount: "it is 'rw_mount'" },
    },
    path: { ...string, expressions: 'binding' },
    description: prose,
    name: string,
    version: { kind: 'text' },
    is_control: { kind: 'boolean' },
    early_available: { kind: 'boolean', noEffect: 'outputs are read when their step has ended' },
    optional: notBuilt('optional outputs', 'write the output always'),
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
