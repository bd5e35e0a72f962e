// Registered models as people read them.
import {
  type FoundOrMade,
  type MlflowModelVersion,
  type MlflowRegisteredModel,
  toMap,
} from '@ridgeline/client';
import { formatFields, formatTable, formatTime } from './table.ts';

/** What was made, or the same one that was there. */
export function describeNewModel({ asset, created }: FoundOrMade<MlflowModelVersion>): string {
  return created
    ? describeVersion(asset)
    : `Found existing model version\n${describeVersion(asset)}`;
}

export function describeModels(models: readonly MlflowRegisteredModel[]): string {
  const rows = models.map(({ name, latest_versions: latest, last_updated_timestamp: updated }) => [
    name,
    latest?.[0]?.version ?? '-',
    updated === undefined ? '-' : timeOf(updated),
  ]);
  return formatTable(['MODEL', 'LATEST', 'UPDATED'], rows);
}

/** `ofSeveralModels`: each is shown with its model's name. */
export function describeVersions(
  versions: readonly MlflowModelVersion[],
  ofSeveralModels = false,
): string {
  const nameOf = ({ name }: MlflowModelVersion) => (ofSeveralModels ? [name] : []);
  const rows = versions.map((version) => [
    ...nameOf(version),
    version.version,
    version.run_id ?? '-',
    timeOf(version.creation_timestamp),
    describeTags(version),
  ]);
  const headings = [...(ofSeveralModels ? ['MODEL'] : []), 'VERSION', 'RUN', 'CREATED', 'TAGS'];
  return formatTable(headings, rows);
}

export function describeVersion(version: MlflowModelVersion): string {
  return formatFields([
    ['model', `${version.name}:${version.version}`],
    ['run', version.run_id ?? '-'],
    ['source', version.source ?? '-'],
    ['description', version.description ?? ''],
    ['created', timeOf(version.creation_timestamp)],
    ...[...toMap(version.tags)].map(([key, value]) => [`tag ${key}`, value] as const),
  ]);
}

function describeTags(version: MlflowModelVersion): string {
  return [...toMap(version.tags)].map(([key, value]) => `${key}=${value}`).join(' ');
}

function timeOf(milliseconds: number): string {
  return formatTime(new Date(milliseconds).toISOString());
}
