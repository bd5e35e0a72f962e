// A datastore that is asked for: the row of a new one, or the one of that name that is there.
import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import type { DatastoreInfo } from './datastore-info.ts';
import type { DatastoresTable, DatastoreTables } from './datastore-tables.ts';
import { stagingPrefix } from './folder-datastore.ts';
import type { CheckedDatastore } from './new-datastore.ts';

const mostDatastores = 500;

/** The row of a datastore that is made now. */
export function newRow(checked: CheckedDatastore, createdAt: number): DatastoresTable {
  const { name, folder, standInFor, description, tags } = checked;
  return {
    key: name.toLowerCase(),
    name,
    folder,
    staging: stagingPrefix + randomBytes(4).toString('hex'),
    stand_in_for: standInFor === null ? null : JSON.stringify(standInFor),
    description,
    tags: JSON.stringify(tags),
    created_at: createdAt,
  };
}

/**
 * False where there is one of that name, which another server may just have made.
 * @throws RidgelineError DATASTORE_LIMIT_REACHED
 */
export async function insertRow(
  writer: Transaction<DatastoreTables>,
  row: DatastoresTable,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await writer
    .insertInto('datastores')
    .values(row)
    .onConflict((conflict) => conflict.column('key').doNothing())
    .executeTakeFirst();
  if (numInsertedOrUpdatedRows !== 1n) return false;
  const { count } = await writer
    .selectFrom('datastores')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) <= mostDatastores) return true;
  const message = `this workspace has ${mostDatastores} datastores, which is the limit`;
  throw new RidgelineError('DATASTORE_LIMIT_REACHED', message);
}

/** The one that exists, if it is in the same place. @throws RidgelineError RESOURCE_ALREADY_EXISTS */
export function sameOrRefused(info: DatastoreInfo, checked: CheckedDatastore): DatastoreInfo {
  const place = (of: Pick<CheckedDatastore, 'folder' | 'standInFor'>) =>
    JSON.stringify([of.folder, of.standInFor]);
  if (!info.isDefault && place(info) === place(checked)) return info;
  const what = info.isDefault ? 'and is the default one of the workspace' : 'in another place';
  throw new RidgelineError(
    'RESOURCE_ALREADY_EXISTS',
    `datastore '${info.name}' exists already, ${what}; choose another name`,
  );
}
