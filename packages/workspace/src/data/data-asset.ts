// A data asset as callers see it, and how it is made from its row.
import type { MlTable } from '@ridgeline/azureml-yaml';
import type { TableSchema } from '@ridgeline/tabular';
import type { Selectable } from 'kysely';
import type { DataAssetsTable, DataAssetType } from './data-tables.ts';

export interface DataAsset {
  /** A GUID, by which published pipelines take it. */
  readonly id: string;
  readonly name: string;
  /** "1", "2", … unless its maker named it. */
  readonly version: string;
  readonly type: DataAssetType;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** azureml://datastores/<name>/paths/<path> */
  readonly uri: string;
  readonly sizeBytes: number;
  /** 1 for a file; null for a folder that was registered before files were counted. */
  readonly fileCount: number | null;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** What the MLTable file says; null for all but data of type `mltable`. */
  readonly mlTable: MlTable | null;
  /** Null for what is no table, as is `rowCount`. */
  readonly schema: TableSchema | null;
  readonly rowCount: number | null;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
}

/** All but the profile, which is large and seldom asked for. */
export const assetColumns = [
  'id',
  'name',
  'version',
  'position',
  'type',
  'description',
  'tags',
  'uri',
  'size_bytes',
  'sha256',
  'file_count',
  'ml_table',
  'schema',
  'row_count',
  'created_at',
] as const satisfies readonly (keyof DataAssetsTable)[];

export type DataAssetRow = Pick<Selectable<DataAssetsTable>, (typeof assetColumns)[number]>;

export function toDataAsset(row: DataAssetRow): DataAsset {
  return {
    id: row.id,
    name: row.name,
    version: row.version,
    type: row.type,
    description: row.description,
    tags: JSON.parse(row.tags),
    uri: row.uri,
    sizeBytes: row.size_bytes,
    fileCount: row.file_count,
    sha256: row.sha256,
    mlTable: row.ml_table === null ? null : JSON.parse(row.ml_table),
    schema: row.schema === null ? null : JSON.parse(row.schema),
    rowCount: row.row_count,
    createdAt: new Date(row.created_at).toISOString(),
  };
}
