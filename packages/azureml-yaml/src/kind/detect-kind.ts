// Tells the files that this package reads apart, without judging them.

import { computeTypes } from '../compute/compute-definition.ts';
import { stringAt } from '../convert/read-token.ts';
import { datastoreTypes } from '../datastore/datastore-definition.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { modelTypes } from '../model/model-definition.ts';
import { readTokens } from '../text/read-tokens.ts';
import { Source } from '../text/source.ts';
import type { MapToken } from '../text/token.ts';
import { type FileKind, publishedSchemas, schemaName } from './schema-names.ts';

const jobTypes = ['command', 'pipeline', 'sweep', 'automl', 'parallel', 'spark', 'import'] as const;

const kindByType: ReadonlyMap<string, FileKind> = new Map<string, FileKind>([
  ...jobTypes.map((type) => [type, 'job'] as const),
  ...computeTypes.map((type) => [type, 'compute'] as const),
  ...datastoreTypes.map((type) => [type, 'datastore'] as const),
  ...modelTypes.map((type) => [type, 'model'] as const),
  ['managed', 'deployment'],
  ['uri_file', 'data'],
  ['uri_folder', 'data'],
  ['mltable', 'data'],
]);

/** The kind of file, or null for any other text. `$schema` is asked first, then `type`, then the
 * keys that only one of them has. `type` alone does not tell a component from a job, nor a
 * Kubernetes compute from a deployment, so that keys are asked there too. */
export function detectKind(text: string): FileKind | null {
  const root = readTokens(new DiagnosticSink(new Source(text, '')));
  if (root?.kind !== 'map') return null;
  const published = publishedSchemas.get(schemaName(stringAt(root, '$schema') ?? ''));
  if (published !== undefined) return published.kind;
  if (root.entries.has('trigger') && !root.entries.has('jobs')) return 'schedule';
  const kind = kindByType.get(stringAt(root, 'type')?.toLowerCase() ?? '') ?? null;
  if (kind === 'job' && isComponent(root)) return 'component';
  if (kind === 'compute' && root.entries.has('endpoint_name')) return 'deployment';
  return kind ?? kindByKeys(root);
}

/** What a job file cannot have, or always has and this one does not. */
function isComponent({ entries }: MapToken): boolean {
  if (entries.has('experiment_name') || entries.has('compute') || entries.has('settings'))
    return false;
  return entries.has('version') || entries.has('is_deterministic');
}

function kindByKeys(root: MapToken): FileKind | null {
  const { entries } = root;
  if (entries.has('type')) return null;
  if (entries.has('jobs') || entries.has('command')) return isComponent(root) ? 'component' : 'job';
  if (entries.has('create_job')) return 'schedule';
  if (entries.has('endpoint_name') && entries.has('model')) return 'deployment';
  if (!entries.has('name')) return null;
  if (entries.has('conda_file') || entries.has('image') || entries.has('build'))
    return 'environment';
  if (entries.has('auth_mode') || entries.has('traffic')) return 'endpoint';
  return entries.has('path') ? 'data' : null;
}
