// The three passes in their order, for any kind of file.
import type { Diagnostic } from './diagnostic/diagnostic.ts';
import { DiagnosticSink } from './diagnostic/diagnostic-sink.ts';
import { checkKind, kindTitles } from './kind/check-kind.ts';
import type { FileKind } from './kind/schema-names.ts';
import { checkSchema } from './schema/check-schema.ts';
import type { Schema } from './schema/schema-types.ts';
import { readTokens } from './text/read-tokens.ts';
import { Source } from './text/source.ts';
import type { MapToken } from './text/token.ts';

export interface ParseOptions {
  /** Stands in every diagnostic; nothing is read from it. */
  readonly fileName: string;
}

export interface ParsedFile<T> {
  /** Null when any diagnostic is an error. */
  readonly result: T | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** How one kind of file is read, once it is known to be one. */
export interface FileReader<T> {
  readonly schema: Schema;
  readonly convert: (root: MapToken, sink: DiagnosticSink) => T;
}

/** `choose`: the reader for this file, or null when there is none; it then reports why. */
export function parseFile<T>(
  text: string,
  options: ParseOptions,
  kind: FileKind,
  choose: (root: MapToken, sink: DiagnosticSink) => FileReader<T> | null,
): ParsedFile<T> {
  const sink = new DiagnosticSink(new Source(text, options.fileName));
  const result = runPasses(sink, kind, choose);
  return { result: sink.hasErrors ? null : result, diagnostics: sink.inFileOrder() };
}

function runPasses<T>(
  sink: DiagnosticSink,
  kind: FileKind,
  choose: (root: MapToken, sink: DiagnosticSink) => FileReader<T> | null,
): T | null {
  const root = readTokens(sink);
  if (root === null) return null;
  if (root.kind !== 'map') {
    checkSchema(root, { kind: 'object', title: kindTitles[kind], keys: {} }, '', sink);
    return null;
  }
  if (!checkKind(root, kind, sink)) return null;
  const reader = choose(root, sink);
  if (reader === null) return null;
  checkSchema(root, reader.schema, '', sink);
  return reader.convert(root, sink);
}
