// The table that a path holds: a file, a folder of files of one shape, or an MLTable.
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ReadTableOptions, readTable, type Table } from '@ridgeline/tabular';
import { AutoMLError } from '../errors.ts';
import { concatTables } from './concat-tables.ts';
import { mltableFileName, readMLTable } from './mltable.ts';

const mostFiles = 10_000;

/**
 * @throws AutoMLError INPUT_NOT_FOUND, INPUT_INVALID; what readTable throws
 */
export async function readData(place: string): Promise<Table> {
  const found = await stat(place).catch(() => null);
  if (found === null) {
    throw new AutoMLError('INPUT_NOT_FOUND', `the data '${place}' is not there; check the path`);
  }
  if (!found.isDirectory()) return await readTable(place);
  const names = await readdir(place);
  if (!names.includes(mltableFileName)) return await readFiles(place, [place], {});
  const { paths, options } = await readMLTable(place);
  return await readFiles(place, paths, options);
}

async function readFiles(
  place: string,
  paths: readonly string[],
  options: ReadTableOptions,
): Promise<Table> {
  const files = (await Promise.all(paths.map(filesAt))).flat();
  if (files.length === 0) {
    throw new AutoMLError('INPUT_INVALID', `the folder '${place}' holds no data file`);
  }
  if (files.length > mostFiles) {
    const message = `'${place}' has ${files.length} files; at most ${mostFiles} make a table`;
    throw new AutoMLError('INPUT_INVALID', message);
  }
  const tables: Table[] = [];
  for (const file of files) tables.push(await readTable(file, options));
  return concatTables(tables, files);
}

/** The file itself, or the data files below a folder in the order of their names. */
async function filesAt(place: string): Promise<readonly string[]> {
  const found = await stat(place).catch(() => null);
  if (found === null) {
    throw new AutoMLError('INPUT_NOT_FOUND', `the data '${place}' is not there; check the path`);
  }
  if (!found.isDirectory()) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !/^[._]/.test(entry.name))
    .filter((entry) => entry.name !== mltableFileName)
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}
