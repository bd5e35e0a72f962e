// A small saved model, as it is or with one of its files changed.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { LinearRegression, matrixFromRows } from '../src/index.ts';
import { saveModel } from '../src/model-folder/index.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What the model was fitted on. */
export const x = matrixFromRows([
  [1, 2],
  [3, 5],
  [4, 4],
]);

export async function savedFolder(): Promise<string> {
  const folder = join(await temporaryFolder(), 'model');
  const model = new LinearRegression().fit(x, [1, 2, 3]);
  const names = { columnNames: ['AGE', 'BMI'], targetName: 'Y' };
  await saveModel(folder, { model, ...names, runId: 'r1', onnx: false });
  return folder;
}

/** A saved model with one file changed. */
export async function changed(
  file: string,
  change: (text: string) => string | Buffer,
): Promise<string> {
  const folder = await savedFolder();
  const path = join(folder, file);
  await writeFile(path, change(await readFile(path, 'utf8')));
  return folder;
}
