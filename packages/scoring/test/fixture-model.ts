// A small fitted model on disk for the tests: a Ridge of three features that are easy to tell apart.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Matrix, matrixFromRows, Ridge } from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import { afterAll } from 'vitest';

export const fixtureColumns = ['AGE', 'BMI', 'BP'] as const;

const rows = Array.from({ length: 30 }, (_, i) => [Math.sin(i), Math.cos(3 * i), i / 10]);
const targets = Float64Array.from(rows, ([age = 0, bmi = 0, bp = 0]) => 5 * age - 2 * bmi + bp + 7);

export const fixtureModel = new Ridge({ alpha: 0.1 }).fit(matrixFromRows(rows), targets);

/** The scores that the model itself gives, for comparison. */
export function expectedScores(data: readonly (readonly number[])[]): number[] {
  if (data.length === 0) return [];
  return Array.from(
    fixtureModel.predict(new Matrix(data.length, 3, Float64Array.from(data.flat()))),
  );
}

const folders: string[] = [];

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

/** A new folder, removed when the test file is through. */
export async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ridgeline-scoring-'));
  folders.push(folder);
  return folder;
}

/** Saves the model and returns its folder. */
export async function makeModelFolder(): Promise<string> {
  const folder = join(await makeFolder(), 'model');
  await saveModel(folder, { model: fixtureModel, columnNames: fixtureColumns, targetName: 'Y' });
  return folder;
}
