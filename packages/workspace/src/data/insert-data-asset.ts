// Adds a version of a data asset, within a transaction of the caller.
import type { Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import { assetColumns, type DataAssetRow } from './data-asset.ts';
import type { DataContent, DataTable } from './data-content.ts';
import type { DataTables } from './data-tables.ts';
import type { CheckedDataAsset } from './new-data-asset.ts';

type Writer = Transaction<DataTables>;

export interface ExaminedDataAsset extends CheckedDataAsset {
  readonly content: DataContent;
  /** Null for a folder. */
  readonly table: DataTable | null;
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
  if (same !== undefined) return equalOrRefused(same, asset.content);
  const position = 1 + Math.max(0, ...earlier.map((row) => row.position));
  const version = asset.version ?? nextVersion(earlier);
  return writer
    .insertInto('data_assets')
    .values({ ...rowOf(asset), version, position })
    .returning(assetColumns)
    .executeTakeFirstOrThrow();
}

function equalOrRefused(row: DataAssetRow, content: DataContent): DataAssetRow {
  if (row.sha256 === content.sha256 && row.type === content.type) return row;
  throw new RidgelineError(
    'RESOURCE_ALREADY_EXISTS',
    `data asset '${row.name}' already has a version '${row.version}' with other content; ` +
      'name another version, or leave it out to get the next number',
  );
}

// One more than the highest; versions with names of their own do not count.
function nextVersion(earlier: readonly DataAssetRow[]): string {
  const numbers = earlier.flatMap(({ version }) =>
    /^\d+$/.test(version) ? [BigInt(version)] : [],
  );
  const highest = numbers.toSorted((a, b) => (a < b ? -1 : 1)).at(-1) ?? 0n;
  return String(highest + 1n);
}

function rowOf({ content, table, ...asset }: ExaminedDataAsset) {
  return {
    name: asset.name,
    type: content.type,
    description: asset.description,
    tags: JSON.stringify(asset.tags),
    uri: asset.uri,
    size_bytes: content.sizeBytes,
    sha256: content.sha256,
    schema: table === null ? null : JSON.stringify(table.schema),
    profile: table === null ? null : JSON.stringify(table.profile),
    row_count: table === null ? null : table.profile.rowCount,
    created_at: asset.createdAt,
  };
}
