// A data asset as callers see it, and how it is made from its row.
import type { TableSchema } from '@ridgeline/tabular';
import type { Selectable } from 'kysely';
import type { DataAssetsTable } from './data-tables.ts';

export interface DataAsset {
  readonly name: string;
  /** "1", "2", … unless its maker named it. */
  readonly version: string;
  readonly type: 'uri_file' | 'uri_folder';
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** azureml://datastores/<name>/paths/<path> */
  readonly uri: string;
  readonly sizeBytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Null for a folder, as is `rowCount`. */
  readonly schema: TableSchema | null;
  readonly rowCount: number | null;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
}

/** All but the profile, which is large and seldom asked for. */
export const assetColumns = [
  'name',
  'version',
  'position',
  'type',
  'description',
  'tags',
  'uri',
  'size_bytes',
  'sha256',
  'schema',
  'row_count',
  'created_at',
] as const satisfies readonly (keyof DataAssetsTable)[];

export type DataAssetRow = Pick<Selectable<DataAssetsTable>, (typeof assetColumns)[number]>;

export function toDataAsset(row: DataAssetRow): DataAsset {
  return {
    name: row.name,
    version: row.version,
    type: row.type,
    description: row.description,
    tags: JSON.parse(row.tags),
    uri: row.uri,
    sizeBytes: row.size_bytes,
    sha256: row.sha256,
    schema: row.schema === null ? null : JSON.parse(row.schema),
    rowCount: row.row_count,
    createdAt: new Date(row.created_at).toISOString(),
  };
}
