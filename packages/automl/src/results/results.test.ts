// What is kept of a search: a small real one, and what its parts come to.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadModel } from '@ridgeline/learn/model-folder';
import { numberColumn, Table } from '@ridgeline/tabular';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { search } from '../search/search.ts';
import type { SearchResult } from '../search/search-types.ts';
import type { Trial } from '../search/trial.ts';
import { leaderboardJson } from './leaderboard-json.ts';
import { metricsData } from './metrics-data.ts';
import { reportFiles } from './report-files.ts';
import { assertResultFolder, writeResult } from './write-result.ts';

const rows = Array.from({ length: 60 }, (_, row) => row);
const train = Table.fromColumns([
  numberColumn(
    'x',
    'double',
    Float64Array.from(rows, (row) => Math.sin(row) * 10),
  ),
  numberColumn(
    'z',
    'double',
    Float64Array.from(rows, (row) => (row * 7) % 13),
  ),
  numberColumn(
    'y',
    'double',
    Float64Array.from(rows, (row) => Math.sin(row) * 20 + (row % 3)),
  ),
]);
let result: SearchResult;
let folder: string;

beforeAll(async () => {
  const allowedLearners = ['ridge', 'lasso'];
  const settings = { targetColumn: 'y', allowedLearners, maxTrials: 3, maxConcurrentTrials: 1 };
  result = await search({ train }, settings);
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'results-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the folder of a result', () => {
  test('has the model, the leaderboard and the report', async () => {
    const place = path.join(folder, 'new', 'result');
    const alerts = await writeResult(place, { train }, result);
    expect(Array.isArray(alerts)).toBe(true);
    expect((await readdir(place)).sort()).toEqual(['leaderboard.json', 'model', 'report']);
    expect((await loadModel(path.join(place, 'model'))).info.runId).toBeNull();
    expect(await readFile(path.join(place, 'report', 'model_card.md'), 'utf8')).toContain('y');
    expect(JSON.parse(await readFile(path.join(place, 'leaderboard.json'), 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(leaderboardJson(result))),
    );
  });

  test('may be there if it is empty, and is left as it is if it is not', async () => {
    await mkdir(path.join(folder, 'empty'));
    await writeResult(path.join(folder, 'empty'), { train }, result);
    await writeFile(path.join(folder, 'file'), 'kept');
    await expect(writeResult(folder, { train }, result)).rejects.toMatchObject({
      code: 'OUTPUT_INVALID',
    });
    await expect(assertResultFolder(path.join(folder, 'file'))).rejects.toMatchObject({
      code: 'OUTPUT_INVALID',
    });
    expect((await readdir(folder)).sort()).toEqual(['empty', 'file']);
  });

  test('is not there at all when something of it cannot be written', async () => {
    const broken = { ...result, model: null as unknown as SearchResult['model'] };
    await expect(writeResult(path.join(folder, 'new'), { train }, broken)).rejects.toThrow();
    expect(await readdir(folder)).toEqual([]);
  });
});

test('a report that cannot be made says why, and takes nothing with it', () => {
  const broken = { ...result, model: null as unknown as SearchResult['model'] };
  const { files, alerts } = reportFiles({ train }, broken, { explain: true });
  expect([...files.keys()]).toEqual(['not-made.txt']);
  expect(alerts).toEqual([expect.stringContaining('the report could not be made')]);
});

test('the leaderboard has every trial, best first, with null for what is no number', () => {
  const odd: Trial = { ...result.best, metrics: new Map([['odd', Number.NaN]]) };
  const board = leaderboardJson({ ...result, leaderboard: [odd, ...result.leaderboard] });
  expect(board).toMatchObject({ task: 'regression', targetColumn: 'y', best: result.best.number });
  expect(board.trials[0]?.metrics).toEqual({ odd: null });
  expect(board.trials).toHaveLength(result.leaderboard.length + 1);
});

describe('metrics_data', () => {
  const trial = (number: number, more: Partial<Trial>): Trial => ({
    ...result.best,
    number,
    state: 'completed',
    sampleRows: 100,
    metrics: new Map([['r2_score', number / 10]]),
    ...more,
  });

  test('has trials that can be compared, each metric a list, the best last', async () => {
    const best = trial(9, {
      metrics: new Map([
        ['r2_score', 0.9],
        ['bad', Number.NaN],
      ]),
    });
    const screened = trial(2, { sampleRows: 50 });
    const failed = trial(3, { state: 'failed' });
    const leaderboard = [best, trial(4, {}), screened, failed];
    const data = await metricsData(
      { ...result, best, leaderboard },
      async ({ number }) => `run-${number}`,
    );
    expect(Object.entries(data)).toEqual([
      ['run-4', { r2_score: [0.4] }],
      ['run-9', { r2_score: [0.9] }],
    ]);
  });
});
