import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { expectedScores, makeFolder, makeModelFolder } from '../../test/fixture-model.ts';
import { type BatchScoreOptions, batchScore } from './batch-score.ts';

let folder: string;
let modelFolder: string;

beforeEach(async () => {
  folder = await makeFolder();
  modelFolder = await makeModelFolder();
});

async function score(input: string, options: Partial<BatchScoreOptions> = {}) {
  const inputPath = join(folder, 'input.csv');
  await writeFile(inputPath, input);
  return batchScore({ modelFolder, inputPath, outputPath: join(folder, 'output.csv'), ...options });
}

function outputOf(name = 'output.csv'): Promise<string> {
  return readFile(join(folder, name), 'utf8');
}

function scoreOf(...row: number[]): string {
  return String(expectedScores([row])[0]);
}

describe('a row that can be scored', () => {
  test('keeps its columns and its place and gets a score', async () => {
    const result = await score('AGE,BMI,BP\n1,2,3\n4.50,5e0,-6\n', { modelName: 'diabetes' });
    expect(await outputOf()).toBe(
      `AGE,BMI,BP,score\n1,2,3,${scoreOf(1, 2, 3)}\n4.50,5e0,-6,${scoreOf(4.5, 5, -6)}\n`,
    );
    expect(result).toEqual({
      model: 'diabetes',
      rowCount: 2,
      scoredCount: 2,
      failedCount: 0,
      failures: [],
      outputPath: join(folder, 'output.csv'),
      failureReportPath: null,
      elapsedMs: expect.any(Number),
    });
  });

  test('may have its features in another order, and other columns between them', async () => {
    await score('BP,"a ""note""",BMI,AGE\r\n3,"x, y",2,1\r\n3,"two\nlines",2,1\r\n');
    expect(await outputOf()).toBe(
      `BP,"a ""note""",BMI,AGE,score\n3,"x, y",2,1,${scoreOf(1, 2, 3)}\n` +
        `3,"two\nlines",2,1,${scoreOf(1, 2, 3)}\n`,
    );
  });

  test('may be separated by tabs in a .tsv file', async () => {
    const inputPath = join(folder, 'input.tsv');
    await writeFile(inputPath, 'AGE\tBMI\tBP\tNOTE\n1\t2\t3\ta,b\n');
    await batchScore({ modelFolder, inputPath, outputPath: join(folder, 'output.tsv') });
    expect(await outputOf('output.tsv')).toBe(
      `AGE\tBMI\tBP\tNOTE\tscore\n1\t2\t3\ta,b\t${scoreOf(1, 2, 3)}\n`,
    );
  });

  test('gets exactly the score of model.predict, whatever the batch size', async () => {
    const feature = fc.double({ noNaN: true, min: -1e100, max: 1e100 });
    const rows = fc.array(fc.tuple(feature, feature, feature), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 12 }), async (data, batchSize) => {
        const lines = data.map((row) => row.join(','));
        await score(`AGE,BMI,BP\n${lines.join('\n')}\n`, { batchSize });
        const written = data.map((row) => row.map((value) => Number(String(value))));
        const expected = expectedScores(written).map((value, i) => `${lines[i]},${value}`);
        expect(await outputOf()).toBe(`AGE,BMI,BP,score\n${expected.join('\n')}\n`);
      }),
      { numRuns: 40 },
    );
  });
});

test('a file of a header alone gives a header alone', async () => {
  expect(await score('AGE,BMI,BP\n')).toMatchObject({ rowCount: 0, scoredCount: 0 });
  expect(await outputOf()).toBe('AGE,BMI,BP,score\n');
});

describe('a row that cannot be scored', () => {
  const input = `AGE,BMI,BP
1,2,3
1,,3
1,two,3
1,2
1,2,3,4
1.7e308,-1.7e308,0
1,2,3
`;
  const failures = [
    { row: 2, reason: "column 'BMI' has no value" },
    { row: 3, reason: "column 'BMI' is 'two', not a number" },
    { row: 4, reason: 'has 2 fields; expected 3, as the header' },
    { row: 5, reason: 'has 4 fields; expected 3, as the header' },
    { row: 6, reason: expect.stringContaining('the score is not a finite number') },
  ];

  test('stays in its place with an empty score, and is reported by number and reason', async () => {
    const result = await score(input, { batchSize: 3 });
    const good = scoreOf(1, 2, 3);
    expect(await outputOf()).toBe(
      `AGE,BMI,BP,score\n1,2,3,${good}\n1,,3,\n1,two,3,\n1,2,,\n1,2,3,\n1.7e308,-1.7e308,0,\n1,2,3,${good}\n`,
    );
    expect(result).toMatchObject({ rowCount: 7, scoredCount: 2, failedCount: 5, failures });
    const report = await outputOf('output.csv.errors.jsonl');
    expect(result.failureReportPath).toBe(join(folder, 'output.csv.errors.jsonl'));
    expect(
      report
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(failures);
  });

  test('is tolerated up to the threshold and not past it', async () => {
    const bad = (count: number) => `AGE,BMI,BP\n${'x,2,3\n'.repeat(count)}`;
    await expect(score(bad(10))).resolves.toMatchObject({ failedCount: 10 });
    await expect(score(bad(3), { errorThreshold: 3 })).resolves.toMatchObject({ failedCount: 3 });
    await expect(score(bad(1), { errorThreshold: 0 })).rejects.toMatchObject({
      code: 'BATCH_ERROR_THRESHOLD_EXCEEDED',
      message: expect.stringMatching(
        /^1 row could .* of 0: row 1: column 'AGE' is 'x', not a number\./,
      ),
    });
    await expect(score(bad(11))).rejects.toMatchObject({
      code: 'BATCH_ERROR_THRESHOLD_EXCEEDED',
      message: expect.stringMatching(/^11 rows .* row 5: column 'AGE' is 'x', not a number; …/),
    });
    await expect(score(bad(100), { errorThreshold: -1 })).resolves.toMatchObject({
      failedCount: 100,
      failures: { length: 20 },
    });
    expect((await outputOf('output.csv.errors.jsonl')).split('\n')).toHaveLength(101);
  });

  test('of an earlier run is not reported beside a later output', async () => {
    await score('AGE,BMI,BP\nx,2,3\n');
    await score('AGE,BMI,BP\n1,2,3\n');
    expect(await readdir(folder)).toEqual(['input.csv', 'output.csv']);
  });
});

describe('a job that fails leaves the folder as it was', () => {
  test.each([
    [
      'past the threshold',
      'AGE,BMI,BP\n1,2,3\nx,2,3\n',
      { errorThreshold: 0, batchSize: 1 },
      'BATCH_ERROR_THRESHOLD_EXCEEDED',
    ],
    [
      'past the threshold after a tolerated row',
      'AGE,BMI,BP\nx,2,3\nx,2,3\n',
      { errorThreshold: 1, batchSize: 1 },
      'BATCH_ERROR_THRESHOLD_EXCEEDED',
    ],
    ['a missing feature', 'AGE,BP\n1,3\n', {}, 'BATCH_COLUMN_MISSING'],
    ['scores in the input', 'AGE,BMI,BP,score\n1,2,3,4\n', {}, 'BATCH_INPUT_HAS_SCORE'],
    ['a column twice', 'AGE,BMI,BP,AGE\n1,2,3,4\n', {}, 'DATA_HEADER_INVALID'],
    ['an empty file', '', {}, 'DATA_FILE_EMPTY'],
    ['a quote never closed', 'AGE,BMI,BP\n1,2,3\n"1,2,3\n', { batchSize: 1 }, 'DATA_ROW_INVALID'],
    ['a threshold of -2', 'AGE,BMI,BP\n', { errorThreshold: -2 }, 'BATCH_ARGUMENT_INVALID'],
    ['a threshold of 1.5', 'AGE,BMI,BP\n', { errorThreshold: 1.5 }, 'BATCH_ARGUMENT_INVALID'],
    ['no model', 'AGE,BMI,BP\n', { modelFolder: '/nowhere' }, 'MODEL_NOT_FOUND'],
    ['no input', 'AGE,BMI,BP\n', { inputPath: '/nowhere.csv' }, 'DATA_FILE_NOT_FOUND'],
    ['a cancellation', 'AGE,BMI,BP\n1,2,3\n', { signal: AbortSignal.abort() }, 'BATCH_CANCELED'],
  ])('%s', async (_name, input, options, code) => {
    await writeFile(join(folder, 'output.csv'), 'earlier');
    await expect(score(input, options)).rejects.toMatchObject({ code });
    expect(await readdir(folder)).toEqual(['input.csv', 'output.csv']);
    expect(await outputOf()).toBe('earlier');
  });
});

describe('an output path', () => {
  test('has its folder made', async () => {
    await score('AGE,BMI,BP\n', { outputPath: join(folder, 'a/b/output.csv') });
    expect(await readdir(join(folder, 'a/b'))).toEqual(['output.csv']);
  });

  test('that is a folder is refused', async () => {
    await mkdir(join(folder, 'output.csv'));
    await expect(score('AGE,BMI,BP\n')).rejects.toMatchObject({
      code: 'BATCH_OUTPUT_INVALID',
      message: expect.stringContaining('is a folder'),
    });
  });

  test('that is the input is refused, also by another name', async () => {
    await symlink(join(folder, 'input.csv'), join(folder, 'output.csv'));
    await expect(score('AGE,BMI,BP\n')).rejects.toMatchObject({
      code: 'BATCH_OUTPUT_INVALID',
      message: expect.stringContaining('is the input itself'),
    });
  });
});

test('an observer hears of the model and of each batch', async () => {
  const heard: unknown[] = [];
  await score('AGE,BMI,BP\n1,2,3\n1,2,3\n1,2,3\n', {
    batchSize: 2,
    observer: {
      modelLoaded: (name) => heard.push(name),
      rowsWritten: (count) => heard.push(count),
    },
  });
  expect(heard).toEqual(['model', 2, 3]);
});
