// Which levels a person has been given anywhere. That is all that is asked for with each request:
// mostly it says already that their role holds everywhere.
import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { type Permission, permissions } from './permission.ts';

type Reader = Pick<Transaction<WorkspaceTables>, 'getExecutor'>;

/** Each level costs a look into an index, however many things it was given on. */
export async function permissionLevels(
  reader: Reader,
  userId: string,
): Promise<ReadonlySet<Permission>> {
  const levels = permissions.map((level) => levelOnce(level, userId));
  const { rows } = await sql<{ level: Permission }>`${sql.join(levels, sql` union all `)}`.execute(
    reader,
  );
  return new Set(rows.map(({ level }) => level));
}

function levelOnce(level: Permission, userId: string): RawBuilder<unknown> {
  const given = (table: string) => sql`select 1 from ${sql.table(table)} as given
    where given.user_id = ${userId} and given.permission = ${level}`;
  return sql`select ${sql.lit(level)} as level where exists (${given('experiment_permissions')})
    or exists (${given('registered_model_permissions')})`;
}
