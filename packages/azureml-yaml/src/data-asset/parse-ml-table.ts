// The reader of MLTable files: Azure ML's description of a table that lies in several files. What
// changes rows or columns belongs into a step, and is refused by name.
import { dataPathKind } from '../asset/data-path.ts';
import { isString } from '../convert/read-token.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hint, shorten } from '../diagnostic/did-you-mean.ts';
import type { ParseOptions } from '../parse-file.ts';
import { readTokens } from '../text/read-tokens.ts';
import { Source } from '../text/source.ts';
import type { MapToken, Token } from '../text/token.ts';
import type { MlTable, MlTablePath } from './ml-table.ts';
import { readTransformations } from './ml-table-reader.ts';

export interface ParsedMlTable {
  /** Null when any diagnostic is an error. */
  readonly mlTable: MlTable | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

const keys = ['$schema', 'type', 'paths', 'transformations', 'metadata', 'description'];
const pathKinds = ['file', 'folder', 'pattern'] as const;
const mostPaths = 1_000;

/** Reads `MLTable.schema.json`. Never throws on any text. */
export function parseMlTable(text: string, { fileName }: ParseOptions): ParsedMlTable {
  const sink = new DiagnosticSink(new Source(text, fileName));
  const mlTable = convert(readTokens(sink), sink);
  return { mlTable: sink.hasErrors ? null : mlTable, diagnostics: sink.inFileOrder() };
}

function convert(root: Token | null, sink: DiagnosticSink): MlTable | null {
  if (root === null) return null;
  if (root.kind !== 'map') {
    sink.report('VALUE_WRONG_TYPE', root.offset, "an MLTable is a mapping with 'paths'");
    return null;
  }
  for (const { key, keyOffset } of root.entries.values()) {
    if (keys.includes(key)) continue;
    const message = `an MLTable has no key '${shorten(key)}'${hint(key, keys)}`;
    sink.report('KEY_UNKNOWN', keyOffset, message);
  }
  return { paths: readPaths(root, sink), reader: readTransformations(root, sink) };
}

function readPaths(root: MapToken, sink: DiagnosticSink): readonly MlTablePath[] {
  const list = root.entries.get('paths')?.value;
  if (list === undefined) {
    sink.report(
      'KEY_MISSING',
      root.offset,
      "an MLTable needs 'paths', a list such as '- file: a.csv'",
    );
    return [];
  }
  if (list.kind !== 'list' || list.items.length === 0 || list.items.length > mostPaths) {
    const message = `'paths' must be a list of 1 to ${mostPaths} entries such as '- file: a.csv'`;
    sink.report('VALUE_WRONG_TYPE', list.offset, message);
    return [];
  }
  return list.items.flatMap((item) => readPath(item, sink) ?? []);
}

function readPath(item: Token, sink: DiagnosticSink): MlTablePath | null {
  const [entry, ...more] = item.kind === 'map' ? item.entries.values() : [];
  const kind = pathKinds.find((known) => known === entry?.key);
  if (entry === undefined || more.length > 0 || kind === undefined) {
    const message = "a path of an MLTable is one of 'file', 'folder' and 'pattern' with its value";
    sink.report('VALUE_NOT_ALLOWED', item.offset, message);
    return null;
  }
  if (!isString(entry.value) || entry.value.value.trim() === '') {
    sink.report('VALUE_WRONG_TYPE', entry.value.offset, `'${kind}' must be a path`);
    return null;
  }
  return checkedPath(kind, entry.value.value, entry.value.offset, sink);
}

function checkedPath(
  kind: MlTablePath['kind'],
  written: string,
  offset: number,
  sink: DiagnosticSink,
): MlTablePath | null {
  const where = dataPathKind(written);
  if (where === 'datastore' && kind !== 'pattern') return { kind, path: written };
  if (where !== 'local') {
    const message = `'${shorten(written)}' cannot be part of a table; copy it beside the MLTable file, or name a file or folder by 'azureml://datastores/NAME/paths/PATH'`;
    sink.report('FEATURE_NOT_SUPPORTED', offset, message);
    return null;
  }
  const parts = written
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '.' && part !== '');
  if (/^(?:[/\\]|[A-Za-z]:)/.test(written) || parts.includes('..')) {
    const message = `'${shorten(written)}' leaves the folder of the MLTable file; put the data beside it`;
    sink.report('PATH_LEAVES_FOLDER', offset, message);
    return null;
  }
  return { kind, path: parts.join('/') };
}
