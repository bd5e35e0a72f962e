// Adds a version of a data asset, within a transaction of the caller.
import { randomUUID } from 'node:crypto';
import type { Transaction } from 'kysely';
import { nextVersion } from '../checks/next-version.ts';
import { RidgelineError } from '../errors.ts';
import { assetColumns, type DataAssetRow } from './data-asset.ts';
import type { DataTables } from './data-tables.ts';
import type { ExaminedData } from './examine-data.ts';
import type { CheckedDataAsset } from './new-data-asset.ts';

type Writer = Transaction<DataTables>;

export interface ExaminedDataAsset extends Omit<CheckedDataAsset, 'type'>, ExaminedData {
  readonly createdAt: number;
}

/** The row made, or that of an equal version made before. @throws RidgelineError RESOURCE_ALREADY_EXISTS */
export async function insertDataAsset(
  writer: Writer,
  asset: ExaminedDataAsset,
): Promise<DataAssetRow> {
  const earlier = await writer
    .selectFrom('data_assets')
    .select(assetColumns)
    .where('name', '=', asset.name)
    .execute();
  const same = earlier.find((row) => row.version === asset.version);
  if (same !== undefined) return equalOrRefused(same, asset);
  const position = 1 + Math.max(0, ...earlier.map((row) => row.position));
  const version = asset.version ?? nextVersion(earlier.map((row) => row.version));
  return writer
    .insertInto('data_assets')
    .values({ ...rowOf(asset), version, position })
    .returning(assetColumns)
    .executeTakeFirstOrThrow();
}

function equalOrRefused(row: DataAssetRow, { content, type }: ExaminedDataAsset): DataAssetRow {
  if (row.sha256 === content.sha256 && row.type === type) return row;
  throw new RidgelineError(
    'RESOURCE_ALREADY_EXISTS',
    `data asset '${row.name}' already has a version '${row.version}' with other content; ` +
      'name another version, or leave it out to get the next number',
  );
}

function rowOf({ content, table, mlTable, ...asset }: ExaminedDataAsset) {
  return {
    id: randomUUID(),
    name: asset.name,
    type: asset.type,
    description: asset.description,
    tags: JSON.stringify(asset.tags),
    uri: asset.uri,
    size_bytes: content.sizeBytes,
    sha256: content.sha256,
    file_count: content.fileCount,
    ml_table: mlTable === null ? null : JSON.stringify(mlTable),
    schema: table === null ? null : JSON.stringify(table.schema),
    profile: table === null ? null : JSON.stringify(table.profile),
    row_count: table === null ? null : table.profile.rowCount,
    created_at: asset.createdAt,
  };
}
