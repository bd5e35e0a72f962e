// The rows of permissions on one thing, of either kind, within a transaction of the caller.
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { experimentNumber } from '../experiments/experiment.ts';
import { experimentRow } from '../experiments/read-experiments.ts';
import { modelRow } from '../models/read-models.ts';
import type { Permission } from './permission.ts';
import type { Thing } from './thing.ts';

type Connection = Transaction<WorkspaceTables>;

const placeOf = {
  experiment: { table: sql.table('experiment_permissions'), key: sql.ref('experiment_id') },
  model: { table: sql.table('registered_model_permissions'), key: sql.ref('name') },
} as const;

/** @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function assertIsThere(reader: Connection, thing: Thing): Promise<void> {
  await (thing.kind === 'experiment'
    ? experimentRow(reader, thing.id)
    : modelRow(reader, thing.name));
}

export async function findPermission(
  reader: Pick<Connection, 'getExecutor'>,
  thing: Thing,
  userId: string,
): Promise<Permission | null> {
  const { table } = placeOf[thing.kind];
  const { rows } = await sql<{ permission: Permission }>`
    select permission from ${table} where ${isOf(thing)} and user_id = ${userId}`.execute(reader);
  return rows[0]?.permission ?? null;
}

/**
 * Nothing happens where the person has one already, or is gone.
 * @returns whether it was put there.
 */
export async function insertPermission(
  writer: Connection,
  thing: Thing,
  userId: string,
  permission: Permission,
): Promise<boolean> {
  const { table, key } = placeOf[thing.kind];
  const { rows } = await sql`
    insert into ${table} (${key}, user_id, permission)
    select ${keyOf(thing)}, users.id, ${permission} from users where users.id = ${userId}
    on conflict (${key}, user_id) do nothing
    returning user_id`.execute(writer);
  return rows.length > 0;
}

/** @returns whether there was one. */
export async function updatePermission(
  writer: Connection,
  thing: Thing,
  userId: string,
  permission: Permission,
): Promise<boolean> {
  const { rows } = await sql`
    update ${placeOf[thing.kind].table} set permission = ${permission}
    where ${isOf(thing)} and user_id = ${userId} returning user_id`.execute(writer);
  return rows.length > 0;
}

/** @returns whether there was one. */
export async function deletePermission(
  writer: Connection,
  thing: Thing,
  userId: string,
): Promise<boolean> {
  const { rows } = await sql`
    delete from ${placeOf[thing.kind].table}
    where ${isOf(thing)} and user_id = ${userId} returning user_id`.execute(writer);
  return rows.length > 0;
}

function isOf(thing: Thing): RawBuilder<unknown> {
  return sql`${placeOf[thing.kind].key} = ${keyOf(thing)}`;
}

// No experiment has the number -1.
function keyOf(thing: Thing): RawBuilder<unknown> {
  return thing.kind === 'experiment'
    ? sql`cast(${experimentNumber(thing.id) ?? -1} as integer)`
    : sql`cast(${thing.name} as text)`;
}
