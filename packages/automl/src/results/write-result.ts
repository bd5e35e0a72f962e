// The result of a search as a folder: `model/`, `leaderboard.json`, `report/`. It is made beside its
// place and moved there as a whole, so that a failure leaves nothing behind.
import { mkdir, mkdtemp, readdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { AutoMLError } from '../errors.ts';
import type { ForecastResult } from '../forecasting/forecast-result.ts';
import type { SearchInput, SearchOutcome, SearchResult } from '../search/search-types.ts';
import { forecastFiles } from './forecast-files.ts';
import { leaderboardJson } from './leaderboard-json.ts';
import { reportFiles } from './report-files.ts';
import { saveBestModel } from './save-best-model.ts';
import { saveForecast } from './save-forecast.ts';
import { writeFiles } from './write-files.ts';

export const resultPlaces = {
  model: 'model',
  leaderboard: 'leaderboard.json',
  report: 'report',
} as const;

/** @throws AutoMLError OUTPUT_INVALID where the folder is there and not empty */
export async function assertResultFolder(folder: string): Promise<void> {
  const found = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw new AutoMLError('OUTPUT_INVALID', `'${folder}' is no folder that can be written to`);
  });
  if (found.length === 0) return;
  const message = `'${folder}' is there and not empty; remove it, or name another folder`;
  throw new AutoMLError('OUTPUT_INVALID', message);
}

/** Gives what a person should look at, one sentence each. */
export async function writeResult(
  folder: string,
  input: SearchInput,
  result: SearchResult,
): Promise<readonly string[]> {
  return await writeStaged(folder, async (staging) => {
    await saveBestModel(path.join(staging, resultPlaces.model), input, result, null);
    const { files, alerts } = reportFiles(input, result, { explain: true });
    await writeBoardAndReport(staging, result, files);
    return alerts;
  });
}

export async function writeForecastResult(folder: string, result: ForecastResult): Promise<void> {
  await writeStaged(folder, async (staging) => {
    await saveForecast(path.join(staging, resultPlaces.model), result, null);
    await writeBoardAndReport(staging, result, forecastFiles(result));
  });
}

async function writeBoardAndReport(
  staging: string,
  result: SearchOutcome,
  report: ReadonlyMap<string, string>,
): Promise<void> {
  const board = `${JSON.stringify(leaderboardJson(result), null, 2)}\n`;
  await writeFiles(staging, new Map([[resultPlaces.leaderboard, board]]));
  await writeFiles(path.join(staging, resultPlaces.report), report);
}

/** The folder comes into being whole, or not at all. */
async function writeStaged<Written>(
  folder: string,
  write: (staging: string) => Promise<Written>,
): Promise<Written> {
  await assertResultFolder(folder);
  const target = path.resolve(folder);
  await mkdir(path.dirname(target), { recursive: true });
  const staging = await mkdtemp(path.join(path.dirname(target), `.${path.basename(target)}-`));
  try {
    const written = await write(staging);
    await rmdir(target).catch(() => {});
    await rename(staging, target);
    return written;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}
