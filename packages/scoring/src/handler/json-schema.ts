// Compiles a declared JSON Schema (draft 2020-12 or draft-07) into a check that words its finding.
// Owns the choice of the draft; the wording is schema-finding.ts.

import { Ajv, type Options, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { errorMessage, ScoringError } from '../errors.ts';
import { describeFinding } from './schema-finding.ts';

export type JsonSchema = Readonly<Record<string, unknown>>;

/** Returns null when the value fits the schema, else one sentence that names the place. */
export type SchemaCheck = (value: unknown) => string | null;

// Unknown keywords are refused, so that a misspelt rule is found at start and not never. Formats
// are notes for readers here, as in Azure's own documents ("format": "int64").
const options: Options = {
  strict: true,
  strictTypes: false,
  strictTuples: false,
  strictRequired: false,
  validateFormats: false,
  keywords: ['example'],
};

/** `name` (`inputSchema`) stands in error messages, `root` (`the body`) in findings. */
export function compileSchema(schema: unknown, name: string, root: string): SchemaCheck {
  if (!isJsonSchema(schema)) {
    throw new ScoringError(
      'SCORING_SCRIPT_SCHEMA_INVALID',
      `${name} must be a JSON Schema object, such as { type: 'object', properties: { … } }`,
    );
  }
  const validate = compile(schema, name);
  return (value) => {
    try {
      return validate(value) ? null : describeFinding(validate.errors ?? [], value, root);
    } catch (error) {
      // A schema that refers to itself follows the value down; V8's stack is the limit.
      if (error instanceof RangeError) return `${root} is nested too deeply`;
      throw error;
    }
  };
}

export function isJsonSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function compile(schema: JsonSchema, name: string): ValidateFunction {
  const ajv = ajvOfDraft(schema.$schema, name);
  try {
    const validate = ajv.compile(schema);
    if ('$async' in validate) throw new Error('$async is not supported');
    return validate;
  } catch (error) {
    throw new ScoringError(
      'SCORING_SCRIPT_SCHEMA_INVALID',
      `${name} is not a valid JSON Schema: ${errorMessage(error)}`,
      { cause: error },
    );
  }
}

function ajvOfDraft(draft: unknown, name: string): Ajv | Ajv2020 {
  if (draft === undefined || String(draft).includes('2020-12')) return new Ajv2020(options);
  if (String(draft).includes('draft-07')) return new Ajv(options);
  throw new ScoringError(
    'SCORING_SCRIPT_SCHEMA_INVALID',
    `${name} names $schema '${String(draft)}'; supported are draft 2020-12 (the default) and draft-07`,
  );
}
