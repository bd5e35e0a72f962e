// The JSON Schemas of a model that goes from numbers to a number: rows are lists in a fixed order.

import type { JsonSchema } from './json-schema.ts';

export function numericInputSchema(columnNames: readonly string[]): JsonSchema {
  const count = columnNames.length;
  const order = columnNames.join(', ');
  return {
    type: 'object',
    required: ['data'],
    properties: {
      data: {
        type: 'array',
        description: `The rows to score; each holds ${count} numbers, in this order: ${order}`,
        items: {
          type: 'array',
          items: { type: 'number', format: 'double' },
          minItems: count,
          maxItems: count,
        },
      },
    },
    example: { data: [new Array<number>(count).fill(0)] },
  };
}

export const numericOutputSchema: JsonSchema = {
  type: 'object',
  required: ['result'],
  properties: {
    result: {
      type: 'array',
      description: 'One score per row of the request, in the same order',
      items: { type: 'number', format: 'double' },
    },
  },
  example: { result: [0] },
};
