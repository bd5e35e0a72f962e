// Azure ML's MLTable: a folder whose file `MLTable` says which files make the table, and how they
// are read. What it can say of paths and of reading CSV, Parquet and JSON Lines is understood; any
// other transformation is refused by name, as the table would be another one without it.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ReadTableOptions } from '@ridgeline/tabular';
import { parse } from 'yaml';
import { AutoMLError } from '../errors.ts';

export const mltableFileName = 'MLTable';

export interface MLTable {
  /** Files or folders, absolute. */
  readonly paths: readonly string[];
  readonly options: ReadTableOptions;
}

/** Far more than such a file needs. */
const longestFile = 1_000_000;

/** @throws AutoMLError INPUT_INVALID */
export async function readMLTable(folder: string): Promise<MLTable> {
  const file = path.join(folder, mltableFileName);
  const text = await readFile(file, 'utf8');
  if (text.length > longestFile) throw invalid(file, `has more than ${longestFile} characters`);
  const content = parseYaml(file, text);
  const { paths, transformations } = content as Record<string, unknown>;
  if (!Array.isArray(paths) || paths.length === 0) throw invalid(file, "has no list 'paths'");
  return {
    paths: paths.map((entry) => pathOf(file, folder, entry)),
    options: optionsOf(file, transformations),
  };
}

function parseYaml(file: string, text: string): object {
  let content: unknown;
  try {
    // An alias can make a small file a huge value.
    content = parse(text, { maxAliasCount: 0 });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause);
    throw invalid(file, `is no YAML: ${reason}`);
  }
  if (typeof content === 'object' && content !== null) return content;
  throw invalid(file, "is no mapping; it must have 'paths'");
}

function pathOf(file: string, folder: string, entry: unknown): string {
  const { file: one, folder: all } = Object(entry) as Record<string, unknown>;
  const given = one ?? all;
  if (typeof given !== 'string' || given === '') {
    throw invalid(file, "has a path that is neither 'file: …' nor 'folder: …'");
  }
  const relative = path.normalize(given);
  if (/^[a-z][a-z0-9+.-]+:/i.test(given) || path.isAbsolute(given) || relative.startsWith('..')) {
    throw invalid(file, `names '${given}', which is not below its own folder`);
  }
  return path.join(folder, relative);
}

function optionsOf(file: string, transformations: unknown): ReadTableOptions {
  if (transformations === undefined || transformations === null) return {};
  if (!Array.isArray(transformations))
    throw invalid(file, "has 'transformations' that are no list");
  const options: { -readonly [Key in keyof ReadTableOptions]: ReadTableOptions[Key] } = {};
  for (const step of transformations) {
    const [name, settings] = stepOf(step);
    if (name === 'read_parquet') options.format = 'parquet';
    else if (name === 'read_json_lines') options.format = 'jsonl';
    else if (name === 'read_delimited') Object.assign(options, delimited(file, settings));
    else if (name === 'keep_columns') options.columns = columnsOf(file, settings);
    else throw invalid(file, `asks for '${name}', which is not supported; prepare the data before`);
  }
  return options;
}

function stepOf(step: unknown): readonly [string, unknown] {
  if (typeof step === 'string') return [step, null];
  const [entry] = Object.entries(Object(step));
  return entry ?? ['', null];
}

function delimited(file: string, settings: unknown): ReadTableOptions {
  const { delimiter, encoding, header } = Object(settings) as Record<string, unknown>;
  if (encoding !== undefined && !/^utf-?8$/i.test(String(encoding))) {
    throw invalid(file, `asks for the encoding '${encoding}'; write the data as utf8`);
  }
  if (header === 'no_header' || header === false) {
    throw invalid(file, 'says that its files have no header; give the columns names');
  }
  return { format: 'csv', ...(typeof delimiter === 'string' && { delimiter }) };
}

function columnsOf(file: string, settings: unknown): readonly string[] {
  const names = Array.isArray(settings) ? settings : [settings];
  if (names.every((name) => typeof name === 'string')) return names;
  throw invalid(file, "has 'keep_columns' that is no list of names");
}

function invalid(file: string, what: string): AutoMLError {
  return new AutoMLError('INPUT_INVALID', `'${file}' ${what}`);
}
