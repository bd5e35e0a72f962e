// The transformations of an MLTable file: the one that reads the files, with its options.
import { entriesAt, isString, valueAt } from '../convert/read-token.ts';
import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import type { MapEntry, MapToken, Token } from '../text/token.ts';
import type { MlTableReader } from './ml-table.ts';

type OptionRule = ReadonlyArray<string | boolean> | 'character';

const encodings = ['utf8', 'utf-8', 'ascii'];
const never = [false];

/** The values of each option that are built; others are parts of Azure ML that are not. */
const readers: Readonly<Record<string, Readonly<Record<string, OptionRule>>>> = {
  read_delimited: {
    delimiter: 'character',
    encoding: encodings,
    header: ['all_files_same_headers'],
    infer_column_types: [true],
    empty_as_string: never,
    support_multi_line: [true, false],
    include_path_column: never,
  },
  read_parquet: { include_path_column: never },
  read_json_lines: { encoding: encodings, invalid_lines: ['error'], include_path_column: never },
};

const delimiterNames: ReadonlyMap<string, string> = new Map([
  ['comma', ','],
  ['tab', '\t'],
  ['semicolon', ';'],
]);

/** Null where nothing reads the files as a table. */
export function readTransformations(root: MapToken, sink: DiagnosticSink): MlTableReader | null {
  const list = valueAt(root, 'transformations');
  if (list === null || (list.kind === 'scalar' && list.value === null)) return null;
  if (list.kind !== 'list') {
    const message =
      "'transformations' must be a list such as '- read_delimited: {delimiter: \",\"}'";
    sink.report('VALUE_WRONG_TYPE', list.offset, message);
    return null;
  }
  const found = list.items.map((item) => readTransformation(item, sink));
  for (const extra of list.items.slice(1)) {
    const message = 'only one transformation is supported: the one that reads the files';
    if (found.every((reader) => reader !== null)) {
      sink.report('FEATURE_NOT_SUPPORTED', extra.offset, message);
    }
  }
  return found[0] ?? null;
}

function readTransformation(item: Token, sink: DiagnosticSink): MlTableReader | null {
  const name = nameOf(item);
  const options = name === null ? undefined : readers[name];
  if (name === null || options === undefined || !Object.hasOwn(readers, name)) {
    const known = hint(name ?? '', Object.keys(readers));
    const message = `transformation '${shorten(name ?? '')}' is not supported${known}; do the rest in a step`;
    sink.report('FEATURE_NOT_SUPPORTED', item.offset, message);
    return null;
  }
  const given = item.kind === 'map' ? entriesAt(item, name) : new Map<string, MapEntry>();
  for (const entry of given.values()) checkOption(name, options, entry, sink);
  if (name === 'read_parquet') return { format: 'parquet' };
  if (name === 'read_json_lines') return { format: 'jsonl' };
  const delimiter = given.get('delimiter')?.value;
  const text = delimiter !== undefined && isString(delimiter) ? delimiter.value : ',';
  return { format: 'csv', delimiter: delimiterNames.get(text) ?? text };
}

function nameOf(item: Token): string | null {
  if (isString(item)) return item.value;
  return item.kind === 'map' && item.entries.size === 1
    ? ([...item.entries.keys()][0] ?? null)
    : null;
}

function checkOption(
  reader: string,
  options: Readonly<Record<string, OptionRule>>,
  { key, keyOffset, value }: MapEntry,
  sink: DiagnosticSink,
): void {
  const rule = Object.hasOwn(options, key) ? options[key] : undefined;
  if (rule === undefined) {
    const message = `'${reader}' has no option '${shorten(key)}'${hint(key, Object.keys(options))}`;
    sink.report('KEY_UNKNOWN', keyOffset, message);
    return;
  }
  if (value.kind === 'scalar' && fits(rule, value.value)) return;
  const expected = rule === 'character' ? 'one character' : rule.map(String).join(' or ');
  const shown = value.kind === 'scalar' ? shorten(value.text) : `a ${value.kind}`;
  const message = `'${key}: ${shown}' is not supported; expected ${expected}`;
  sink.report('VALUE_NOT_ALLOWED', value.offset, message);
}

function fits(rule: OptionRule, value: string | number | boolean | null): boolean {
  if (rule !== 'character') return rule.some((allowed) => allowed === value);
  if (typeof value !== 'string') return false;
  return delimiterNames.has(value) || /^[\t\x20-\x7e]$/.test(value);
}
