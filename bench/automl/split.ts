// A data set cut into training and test rows by a seed: 70 % and 30 %, the classes kept in proportion.

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RandomState } from '@ridgeline/learn';
import { formatCsvRecord, readCsvRecords } from '@ridgeline/tabular';

export interface DataSet {
  readonly name: string;
  readonly file: string;
  readonly target: string;
  readonly task: 'regression' | 'binary' | 'multiclass';
}

export interface Split {
  readonly trainFile: string;
  readonly testFile: string;
  /** The test rows' targets, as text. */
  readonly truth: readonly string[];
  /** The distinct targets of all rows, in order; of a classification. */
  readonly classes: readonly string[];
}

export async function writeSplit(
  folder: string,
  dataSet: DataSet,
  seed: number,
  scratch: string,
): Promise<Split> {
  const { header, rows } = await readRows(join(folder, dataSet.file));
  const target = header.indexOf(dataSet.target);
  const targets = rows.map((row) => row[target] ?? '');
  const isTest = testRows(targets, dataSet.task !== 'regression', seed);
  const trainFile = join(scratch, 'train.csv');
  const testFile = join(scratch, 'test.csv');
  const without = (row: readonly string[]) => row.filter((_, column) => column !== target);
  const test = rows.filter((_, row) => isTest[row] === 1);
  const truth = test.map((row) => row[target] ?? '');
  await writeCsv(trainFile, [header, ...rows.filter((_, row) => isTest[row] === 0)]);
  // No system is given the answers.
  await writeCsv(testFile, [header, ...test].map(without));
  return { trainFile, testFile, truth, classes: [...new Set(targets)].sort() };
}

function testRows(targets: readonly string[], stratify: boolean, seed: number): Uint8Array {
  const isTest = new Uint8Array(targets.length);
  const groups = new Map<string, number[]>();
  targets.forEach((target, row) => {
    const key = stratify ? target : '';
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  });
  const random = new RandomState(seed);
  for (const rows of groups.values()) {
    const order = random.permutation(rows.length);
    for (const i of order.subarray(0, Math.round(rows.length * 0.3))) isTest[rows[i] ?? 0] = 1;
  }
  return isTest;
}

async function readRows(file: string) {
  const rows: string[][] = [];
  let header: readonly string[] = [];
  for await (const batch of readCsvRecords(file)) {
    ({ header } = batch);
    for (const { fields } of batch.records) rows.push(fields.map((field) => field ?? ''));
  }
  return { header, rows };
}

async function writeCsv(file: string, rows: readonly (readonly string[])[]): Promise<void> {
  await writeFile(file, `${rows.map((row) => formatCsvRecord(row)).join('\n')}\n`);
}
