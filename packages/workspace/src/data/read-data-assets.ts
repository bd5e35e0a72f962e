// Reads data assets within a transaction of the caller.
import type { TableProfile } from '@ridgeline/tabular';
import type { Transaction } from 'kysely';
import { quote } from '../checks/check-text.ts';
import { RidgelineError } from '../errors.ts';
import { assetColumns, type DataAssetRow } from './data-asset.ts';
import type { DataTables } from './data-tables.ts';

type Reader = Transaction<DataTables>;

/** The most that one list gives. */
export const listLimit = 10_000;

/** How many names a message lists to help with one that is wrong. */
const namesInMessage = 10;

/** @throws RidgelineError DATA_ASSET_NOT_FOUND */
export async function assetRow(
  reader: Reader,
  name: string,
  version: string,
): Promise<DataAssetRow> {
  const rows = await rowsOf(reader, name);
  const row = version === 'latest' ? rows[0] : rows.find((other) => other.version === version);
  if (row !== undefined) return row;
  const known = rows.slice(0, namesInMessage).map((other) => other.version);
  throw notFound(`data asset '${name}' has no version ${quote(version)}; it has`, known);
}

/** @throws RidgelineError DATA_ASSET_NOT_FOUND */
export async function assetRowById(reader: Reader, id: string): Promise<DataAssetRow> {
  const row = await reader
    .selectFrom('data_assets')
    .select(assetColumns)
    .where('id', '=', id.toLowerCase())
    .executeTakeFirst();
  if (row !== undefined) return row;
  const message = `no data asset has the id ${quote(id)}; 'ridgeline data list' shows the ids`;
  throw new RidgelineError('DATA_ASSET_NOT_FOUND', message);
}

/** All versions, newest first. @throws RidgelineError DATA_ASSET_NOT_FOUND where there is none. */
export async function rowsOf(reader: Reader, name: string): Promise<readonly DataAssetRow[]> {
  const rows = await reader
    .selectFrom('data_assets')
    .select(assetColumns)
    .where('name', '=', name)
    .orderBy('position', 'desc')
    .execute();
  if (rows.length > 0) return rows;
  const known = (await latestRows(reader)).slice(0, namesInMessage).map((row) => row.name);
  throw notFound(`data asset ${quote(name)} does not exist; this workspace has`, known);
}

/** The latest version of each name, by name. */
export async function latestRows(reader: Reader): Promise<readonly DataAssetRow[]> {
  return reader
    .selectFrom('data_assets')
    .select(assetColumns)
    .where(({ eb, selectFrom }) =>
      eb(
        'position',
        '=',
        selectFrom('data_assets as other')
          .select(({ fn }) => fn.max('other.position').as('last'))
          .whereRef('other.name', '=', 'data_assets.name'),
      ),
    )
    .orderBy('name')
    .limit(listLimit)
    .execute();
}

/** Null for what is no table. */
export async function profileOf(reader: Reader, asset: DataAssetRow): Promise<TableProfile | null> {
  const { profile } = await reader
    .selectFrom('data_assets')
    .select('profile')
    .where('name', '=', asset.name)
    .where('version', '=', asset.version)
    .executeTakeFirstOrThrow();
  return profile === null ? null : JSON.parse(profile);
}

function notFound(problem: string, known: readonly string[]): RidgelineError {
  const list = known.length === 0 ? 'none' : known.map((name) => `'${name}'`).join(', ');
  return new RidgelineError('DATA_ASSET_NOT_FOUND', `${problem} ${list}`);
}
