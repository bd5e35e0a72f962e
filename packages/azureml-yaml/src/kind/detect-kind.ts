// Tells the files that this package reads apart, without judging them.

import { stringAt } from '../convert/read-token.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { readTokens } from '../text/read-tokens.ts';
import { Source } from '../text/source.ts';
import type { MapToken } from '../text/token.ts';
import { type FileKind, publishedSchemas, schemaName } from './schema-names.ts';

const kindByType: ReadonlyMap<string, FileKind> = new Map([
  ['command', 'job'],
  ['pipeline', 'job'],
  ['sweep', 'job'],
  ['automl', 'job'],
  ['parallel', 'job'],
  ['spark', 'job'],
  ['import', 'job'],
  ['managed', 'deployment'],
  ['kubernetes', 'deployment'],
  ['uri_file', 'data'],
  ['uri_folder', 'data'],
  ['mltable', 'data'],
]);

/** `job`, `deployment`, `data`, or null for any other text. `$schema` is asked first, then `type`,
 * then the keys that only one of them has. */
export function detectKind(text: string): FileKind | null {
  const root = readTokens(new DiagnosticSink(new Source(text, '')));
  if (root?.kind !== 'map') return null;
  const published = publishedSchemas.get(schemaName(stringAt(root, '$schema') ?? ''));
  if (published !== undefined) return published.kind;
  return kindByType.get(stringAt(root, 'type') ?? '') ?? kindByKeys(root);
}

function kindByKeys({ entries }: MapToken): FileKind | null {
  if (entries.has('type')) return null;
  if (entries.has('jobs') || entries.has('command')) return 'job';
  if (entries.has('endpoint_name') && entries.has('model')) return 'deployment';
  return entries.has('name') && entries.has('path') ? 'data' : null;
}
