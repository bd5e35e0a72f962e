// The scoring script: `init` loads the model once, `run` answers each request. The two schemas
// describe the whole body and the whole answer, and are what /swagger.json shows.

import { matrixFromRows } from '@ridgeline/learn';
import { type LoadedModel, loadModel } from '@ridgeline/learn/model-folder';

type Row = readonly number[];

export const inputSchema = {
  type: 'object',
  required: ['data'],
  properties: {
    data: {
      type: 'array',
      description: 'The rows to score: AGE, SEX, BMI, BP and S1 to S6, in this order',
      items: {
        type: 'array',
        items: { type: 'number', format: 'double' },
        minItems: 10,
        maxItems: 10,
      },
    },
  },
  example: {
    data: [
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
      [10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
    ],
  },
} as const;

export const outputSchema = {
  type: 'object',
  required: ['result'],
  properties: {
    result: {
      type: 'array',
      description: 'One prediction for each row, in the same order',
      items: { type: 'number', format: 'double' },
    },
  },
  example: { result: [5113.08, 3713.66] },
} as const;

let model: LoadedModel | null = null;

/** Loads the model in the folder that AZUREML_MODEL_DIR names. */
export async function init(): Promise<void> {
  const folder = process.env.AZUREML_MODEL_DIR;
  if (!folder) throw new Error('AZUREML_MODEL_DIR is not set; it names the folder of the model');
  model = await loadModel(folder);
}

/**
 * Scores rows that fit the input schema.
 * @param requestHeaders the request's headers, their names in lower case.
 */
export function run(
  data: readonly Row[],
  requestHeaders: Readonly<Record<string, string>>,
): { readonly result: readonly number[] } {
  if (model === null) throw new Error('run was called before init');
  const result = data.length === 0 ? [] : [...model.predict(matrixFromRows(data))];
  console.log(
    JSON.stringify({
      RequestId: requestHeaders['x-ms-request-id'] ?? '',
      TraceParent: requestHeaders.traceparent ?? '',
      NumberOfPredictions: result.length,
    }),
  );
  return { result };
}
