// Reads the conda file that an environment names: as plain data, for what it may hold is conda's
// matter and not Azure ML's.
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { ParseOptions } from '../parse-file.ts';
import { checkSchema } from '../schema/check-schema.ts';
import { type PlainValue, plainMap } from '../text/plain-value.ts';
import { readTokens } from '../text/read-tokens.ts';
import { Source } from '../text/source.ts';

export interface ParsedCondaFile {
  /** Null when any diagnostic is an error. */
  readonly condaFile: { readonly [key: string]: PlainValue } | null;
  /** In the order of the file. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Never throws on any text. */
export function parseCondaFile(text: string, { fileName }: ParseOptions): ParsedCondaFile {
  const sink = new DiagnosticSink(new Source(text, fileName));
  const root = readTokens(sink);
  if (root !== null && root.kind !== 'map') {
    checkSchema(root, { kind: 'object', title: 'a conda file', keys: {} }, '', sink);
  }
  const condaFile = root?.kind === 'map' && !sink.hasErrors ? plainMap(root) : null;
  return { condaFile, diagnostics: sink.inFileOrder() };
}
