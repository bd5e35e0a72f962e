// The JSON Schemas that tell callers of a model with named, typed columns what it takes and gives, for
// the Swagger document. What is checked, request-body.ts and request-cells.ts check.

import type { TabularModel } from '@ridgeline/learn';
import type { JsonSchema } from './json-schema.ts';

type InputColumn = TabularModel['inputs'][number];

export function tabularInputSchema(inputs: readonly InputColumn[]): JsonSchema {
  const names = inputs.map(({ name }) => name);
  const record = Object.fromEntries(inputs.map((input) => [input.name, exampleOf(input)]));
  const cells = inputs.map(exampleOf);
  return {
    type: 'object',
    properties: {
      data: {
        type: 'array',
        description: `The rows to score: records by column, or lists of ${inputs.length} cells in this order: ${names.join(', ')}`,
        items: { anyOf: [recordSchema(inputs), { type: 'array', items: {} }] },
        example: [record],
      },
      input_data: {
        type: 'object',
        description: 'The same rows with their columns beside them; then the answer is a list',
        required: ['columns', 'data'],
        properties: {
          columns: { type: 'array', items: { type: 'string' } },
          index: { type: 'array', items: {} },
          data: { type: 'array', items: { type: 'array', items: {} } },
        },
        example: { columns: names, index: [0], data: [cells] },
      },
      params: {
        type: 'object',
        properties: { method: { type: 'string', enum: ['predict', 'predict_proba'] } },
      },
    },
    example: { data: [record] },
  };
}

export function tabularOutputSchema({ classes }: Pick<TabularModel, 'classes'>): JsonSchema {
  const isNumeric = classes === null || classes.every((label) => typeof label === 'number');
  const description =
    classes === null
      ? 'One prediction per row of the request, in the same order'
      : 'One label per row of the request, or with predict_proba one list of probabilities';
  const items = isNumeric ? { type: 'number', format: 'double' } : { type: 'string' };
  return {
    type: 'object',
    properties: {
      result: { type: 'array', description, items: classes === null ? items : {} },
      ...(classes !== null && {
        classes: {
          type: 'array',
          description: 'The classes in the order of the probabilities, with predict_proba',
          items: {},
        },
      }),
    },
    example: { result: [classes?.[0] ?? 0] },
  };
}

function recordSchema(inputs: readonly InputColumn[]): JsonSchema {
  return {
    type: 'object',
    required: inputs.filter(({ required }) => required).map(({ name }) => name),
    properties: Object.fromEntries(inputs.map((input) => [input.name, cellSchema(input)])),
  };
}

function cellSchema(input: InputColumn): JsonSchema {
  const { type, format } = jsonTypes[input.type];
  return {
    type: input.required ? type : [type, 'null'],
    ...(format !== null && { format }),
  };
}

const jsonTypes = {
  double: { type: 'number', format: 'double', example: 0 },
  long: { type: 'integer', format: 'int64', example: 0 },
  boolean: { type: 'boolean', format: null, example: false },
  string: { type: 'string', format: null, example: 'example_value' },
  datetime: { type: 'string', format: 'date-time', example: '2000-01-01T00:00:00.000Z' },
} as const;

function exampleOf({ type }: InputColumn): string | number | boolean {
  return jsonTypes[type].example;
}
