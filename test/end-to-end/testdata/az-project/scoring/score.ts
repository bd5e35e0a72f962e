// The same as score.py, for endpoints here.
import { readFile } from 'node:fs/promises';
import path from 'node:path';

export const inputSchema = { type: 'object', required: ['data'] } as const;
export const outputSchema = { type: 'object', required: ['result'] } as const;

let factor = 0;

export async function init(): Promise<void> {
  const file = path.join(process.env.AZUREML_MODEL_DIR ?? '', 'weights.json');
  factor = JSON.parse(await readFile(file, 'utf8')).factor;
}

export function run(data: readonly (readonly number[])[]): { readonly result: readonly number[] } {
  return { result: data.map((row) => factor * row.reduce((sum, each) => sum + each, 0)) };
}
