// The names of the assets of one kind: which there are, whether one is free, and what is said where
// there is none of it.
import type { DeliveryReader } from '../database/delivery-database.ts';
import { DeliveryError } from '../errors.ts';
import { type AssetKind, commandOf } from './asset-kind.ts';
import { notFound } from './asset-problem.ts';
import { assetLimits, keyOf } from './check-words.ts';

export async function assetNames(
  tables: DeliveryReader,
  { table }: AssetKind,
): Promise<readonly string[]> {
  const rows = await tables.selectFrom(table).select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
}

/** @throws DeliveryError with the kind's own code: there is none, and which was meant */
export async function assertFound<T>(
  found: T | null,
  tables: DeliveryReader,
  kind: AssetKind,
  name: string,
): Promise<T> {
  if (found !== null) return found;
  const { code, message } = notFound(kind, name, await assetNames(tables, kind));
  throw new DeliveryError(code, message);
}

/** For a new asset. @throws DeliveryError with the kind's own code, DELIVERY_LIMIT_REACHED */
export async function assertCreatable(
  tables: DeliveryReader,
  kind: AssetKind,
  name: string,
): Promise<void> {
  await assertNameIsFree(tables, kind, name);
  if ((await assetNames(tables, kind)).length < assetLimits.assets) return;
  const message = `there are ${assetLimits.assets} ${kind.what}s already; delete one`;
  throw new DeliveryError('DELIVERY_LIMIT_REACHED', message);
}

/** For a new name. @throws DeliveryError with the kind's own code */
export async function assertNameIsFree(
  tables: DeliveryReader,
  kind: AssetKind,
  name: string,
): Promise<void> {
  const query = tables.selectFrom(kind.table).select('name').where('name_key', '=', keyOf(name));
  const taken = await query.executeTakeFirst();
  if (taken === undefined) return;
  const message = `there is a ${kind.what} '${taken.name}' already; change it with '${commandOf(kind)} update', or take another name`;
  throw new DeliveryError(kind.exists, message);
}
