// What a person may not read, as conditions of searches: so that a page is full, and its token true,
// whatever is left out.
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Permission } from './permission.ts';

const none: Permission = 'NO_PERMISSIONS';

/** @param column an experiment's id. @param userId of the person. */
export function isShownExperiment(
  column: RawBuilder<unknown>,
  userId: string,
): RawBuilder<SqlBool> {
  return sql`${column} not in (select hidden.experiment_id from experiment_permissions as hidden
    where hidden.user_id = ${userId} and hidden.permission = ${none})`;
}

/** @param column a registered model's name. @param userId of the person. */
export function isShownModel(column: RawBuilder<unknown>, userId: string): RawBuilder<SqlBool> {
  return sql`${column} not in (select hidden.name from registered_model_permissions as hidden
    where hidden.user_id = ${userId} and hidden.permission = ${none})`;
}
