// Batch scoring of a model of named, typed columns: texts, missing values, times, labels.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TabularModel } from '@ridgeline/learn';
import { expect, test } from 'vitest';
import { makeFolder } from '../../test/fixture-model.ts';
import {
  kindModel,
  modelOfKinds,
  priceModel,
  saveTabular,
} from '../../test/fixture-tabular-model.ts';
import { type BatchScoreOptions, batchScore } from './batch-score.ts';

async function score(
  model: TabularModel,
  input: string,
  options: Partial<BatchScoreOptions> = {},
): Promise<{ readonly output: string; readonly failures: readonly unknown[] }> {
  const folder = await makeFolder();
  const inputPath = join(folder, 'input.csv');
  const outputPath = join(folder, 'output.csv');
  await writeFile(inputPath, input);
  const modelFolder = await saveTabular(model);
  const { failures } = await batchScore({ modelFolder, inputPath, outputPath, ...options });
  return { output: await readFile(outputPath, 'utf8'), failures };
}

const header = 'id,make,km,doors,sold,new';
const cells = [
  ['ford', 12.5, 3, '2020-05-01', true],
  [null, null, 4, '2020-05-01T10:00:00Z', false],
  ['no such make', 1e6, 2, '1999-12-31', true],
] as const;
const lines = [
  'a,ford,12.5,3,2020-05-01,true',
  'b,,,4,2020-05-01T10:00:00Z,False',
  'c,no such make,1e6,2,1999-12-31,TRUE',
];

test('numbers are predicted as for each row', async () => {
  const { output } = await score(priceModel, `${header}\n${lines.join('\n')}\n`);
  const scores = cells.map((row) => priceModel.predictRow(row));
  const expected = lines.map((line, i) => `${line},${scores[i]}`);
  expect(output).toBe(`${header},score\n${expected.join('\n')}\n`);
});

test('labels are predicted, with their probabilities when asked', async () => {
  const model = modelOfKinds(['a "b"', 'c,d']);
  const labels = cells.map((row) => (model.predictRow(row) === 'c,d' ? '"c,d"' : '"a ""b"""'));
  const shares = cells.map((row) => model.predictRowProbabilities(row).join(','));
  const input = `${header}\n${lines.join('\n')}\n`;
  const plain = await score(model, input);
  expect(plain.output).toBe(
    `${header},score\n${lines.map((line, i) => `${line},${labels[i]}`).join('\n')}\n`,
  );
  const { output } = await score(model, input, { probabilities: true });
  const expected = lines.map((line, i) => `${line},${labels[i]},${shares[i]}`);
  expect(output).toBe(
    `${header},score,"probability_a ""b""","probability_c,d"\n${expected.join('\n')}\n`,
  );
});

test('columns that may miss can be left out of the file', async () => {
  const { output } = await score(priceModel, 'doors,sold,new\n3,2020-05-01,1\n');
  const expected = priceModel.predictRow([null, null, 3, '2020-05-01', true]);
  expect(output).toBe(`doors,sold,new,score\n3,2020-05-01,1,${expected}\n`);
});

test('a row that cannot be read keeps its place, and the others have their scores', async () => {
  const bad = [
    ['d,ford,far,3,2020-05-01,true', "column 'km' is 'far', not a number"],
    ['e,ford,1,,2020-05-01,true', "column 'doors' has no value"],
    ['f,ford,1,3,yesterday,true', "column 'sold' holds 'yesterday'; expected a date"],
    ['g,ford,1,3,2020-05-01,maybe', "column 'new' is 'maybe', not a number"],
  ] as const;
  const input = `${header}\n${[lines[0], ...bad.map(([line]) => line), lines[1]].join('\n')}\n`;
  const { output, failures } = await score(kindModel, input, { probabilities: true });
  expect(failures).toEqual(
    bad.map(([, reason], i) => ({ row: i + 2, reason: expect.stringContaining(reason) })),
  );
  const written = output.trimEnd().split('\n');
  expect(written).toHaveLength(7);
  expect(written.slice(2, 6)).toEqual(bad.map(([line]) => `${line},,,`));
  expect(written[1]).toContain(String(kindModel.predictRow(cells[0])));
});

test.each([
  [priceModel, header, { probabilities: true }, 'BATCH_ARGUMENT_INVALID', 'is a regression'],
  [priceModel, 'make,km', {}, 'BATCH_COLUMN_MISSING', "no columns 'doors', 'sold', 'new'"],
  [kindModel, `${header},probability_large`, { probabilities: true }, 'BATCH_INPUT_HAS_SCORE', ''],
])('case %#: what cannot be is refused', async (model, columns, options, code, message) => {
  await expect(score(model, `${columns}\n`, options)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(message),
  });
});
