// What keeps a text from being YAML at all, whatever it is meant to be.
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import type { ParseOptions } from '../parse-file.ts';
import { readTokens } from './read-tokens.ts';
import { Source } from './source.ts';

/** In the order of the file; none for YAML of any kind. Never throws on any text. */
export function yamlMistakes(text: string, { fileName }: ParseOptions): readonly Diagnostic[] {
  const sink = new DiagnosticSink(new Source(text, fileName));
  readTokens(sink);
  return sink.inFileOrder().filter(({ severity }) => severity === 'error');
}
