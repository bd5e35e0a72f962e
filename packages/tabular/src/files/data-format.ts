// Which format a file has, told from its name. Looks into no file.

import { extname } from 'node:path';
import { TabularError } from '../errors.ts';

export const dataFormats = ['csv', 'parquet', 'jsonl'] as const;
export type DataFormat = (typeof dataFormats)[number];

const formatByExtension: ReadonlyMap<string, DataFormat> = new Map([
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.parquet', 'parquet'],
  ['.jsonl', 'jsonl'],
  ['.ndjson', 'jsonl'],
]);

/** @throws DATA_FORMAT_UNKNOWN if the extension is none of ours. */
export function formatFromPath(path: string): DataFormat {
  const extension = extname(path).toLowerCase();
  const format = formatByExtension.get(extension);
  if (format !== undefined) return format;
  const known = [...formatByExtension.keys()].join(', ');
  const advice = `expected one of ${known}; else name the format (${dataFormats.join(', ')})`;
  const name = extension === '' ? 'no extension' : `the extension '${extension}'`;
  throw new TabularError('DATA_FORMAT_UNKNOWN', `'${path}' has ${name}; ${advice}`);
}

/** A tab for .tsv, otherwise a comma. */
export function delimiterFromPath(path: string): string {
  return extname(path).toLowerCase() === '.tsv' ? '\t' : ',';
}
