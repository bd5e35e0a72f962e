// The built-in handler of a model without a script: `{"data": [[…]]}` to `{"result": […]}`, with
// schemas made from the model's signature.

import { Matrix } from '@ridgeline/learn';
import { type LoadedModel, loadModel } from '@ridgeline/learn/model-folder';
import { ScoringError } from '../errors.ts';
import { compileSchema, type JsonSchema } from './json-schema.ts';
import type { ScoringHandler } from './scoring-handler.ts';

/** Called once per scored request; the names are those of the request log's query. */
export type ReportScored = (report: ScoredReport) => void;

export interface ScoredReport {
  readonly RequestId: string;
  readonly TraceParent: string;
  readonly NumberOfPredictions: number;
}

export async function loadModelHandler(
  modelFolder: string,
  report: ReportScored,
): Promise<ScoringHandler> {
  return createModelHandler(await loadModel(modelFolder), report);
}

export function createModelHandler(
  model: Pick<LoadedModel, 'info' | 'predict'>,
  report: ReportScored,
): ScoringHandler {
  const columnNames = model.info.signature.inputs.map(({ name }) => name);
  const inputSchema = inputSchemaOf(columnNames);
  return {
    inputSchema,
    outputSchema,
    checkInput: compileSchema(inputSchema, 'inputSchema', 'the body'),
    checkOutput: compileSchema(outputSchema, 'outputSchema', 'the answer'),
    run: (data, headers) => {
      // The schema has been checked, so that every row holds one finite number per column.
      const result = scoreRows(model, data as readonly (readonly number[])[], columnNames.length);
      report({
        RequestId: headers['x-ms-request-id'] ?? '',
        TraceParent: headers.traceparent ?? '',
        NumberOfPredictions: result.length,
      });
      return { result };
    },
  };
}

function scoreRows(
  model: Pick<LoadedModel, 'predict'>,
  rows: readonly (readonly number[])[],
  columnCount: number,
): number[] {
  if (rows.length === 0) return [];
  const values = new Float64Array(rows.length * columnCount);
  for (const [index, row] of rows.entries()) values.set(row, index * columnCount);
  const scores = Array.from(model.predict(new Matrix(rows.length, columnCount, values)));
  const overflow = scores.findIndex((score) => !Number.isFinite(score));
  if (overflow === -1) return scores;
  throw new ScoringError(
    'REQUEST_SCORE_NOT_FINITE',
    `data/${overflow} gives a score that is not a finite number; its values are too large`,
  );
}

function inputSchemaOf(columnNames: readonly string[]): JsonSchema {
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

const outputSchema: JsonSchema = {
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
