// Keys that stand twice once directives are carried out, where the file itself has them once each.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { KeyNode } from '../text/node.ts';

/** The first of each key, in any case; the others are reported. */
export function firstOfEachKey<T extends { readonly key: KeyNode }>(
  entries: readonly T[],
  sink: DiagnosticSink,
): readonly T[] {
  const first = new Map<string, T>();
  for (const entry of entries) {
    const { text, origin } = entry.key;
    const known = first.get(text.toLowerCase())?.key.origin;
    if (known === undefined) first.set(text.toLowerCase(), entry);
    else {
      const message = `"${shorten(text)}" is already defined at ${known.file}:${known.line}. Keep one of the two, or put one under a condition.`;
      sink.report('DUPLICATE_KEY', origin, message);
    }
  }
  return first.size === entries.length ? entries : [...first.values()];
}
