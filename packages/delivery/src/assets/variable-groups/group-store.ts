// Keeps variable groups with their variables and permissions.
import type { GroupVariableTable, VariableGroupTable } from '../../database/asset-tables.ts';
import type { DeliveryReader, DeliveryWriter } from '../../database/delivery-database.ts';
import { groupKind } from '../asset-kind.ts';
import { keyOf } from '../check-words.ts';
import type { AssetStore } from '../kept-assets.ts';
import { permittedPipelines, putPermittedPipelines } from '../pipeline-permissions.ts';
import type { VariableContent } from './variable-changes.ts';

export interface StoredGroup {
  readonly row: Readonly<VariableGroupTable>;
  readonly variables: readonly Readonly<GroupVariableTable>[];
  readonly pipelines: readonly string[];
}

export async function findGroup(tables: DeliveryReader, name: string): Promise<StoredGroup | null> {
  const query = tables.selectFrom('variable_groups').selectAll();
  const rows = await query.where('name_key', '=', keyOf(name)).execute();
  return (await complete(tables, rows))[0] ?? null;
}

/** By name. */
async function listGroups(tables: DeliveryReader, limit: number): Promise<readonly StoredGroup[]> {
  const query = tables.selectFrom('variable_groups').selectAll();
  return complete(tables, await query.orderBy('name_key').limit(limit).execute());
}

async function complete(
  tables: DeliveryReader,
  rows: readonly VariableGroupTable[],
): Promise<readonly StoredGroup[]> {
  const ids = rows.map(({ group_id }) => group_id);
  const variables = await tables
    .selectFrom('group_variables')
    .selectAll()
    .where('group_id', 'in', ids)
    .orderBy('position')
    .execute();
  const byGroup = Map.groupBy(variables, ({ group_id }) => group_id);
  const pipelines = await permittedPipelines(tables, ids);
  return rows.map((row) => ({
    row,
    variables: byGroup.get(row.group_id) ?? [],
    pipelines: pipelines.get(row.group_id) ?? [],
  }));
}

/** In the place of what was there. */
export async function putGroup(
  tables: DeliveryWriter,
  row: VariableGroupTable,
  variables: readonly VariableContent[],
  pipelines: readonly string[],
): Promise<void> {
  const { group_id, ...change } = row;
  const insert = tables.insertInto('variable_groups').values(row);
  await insert.onConflict((on) => on.column('group_id').doUpdateSet(change)).execute();
  await tables.deleteFrom('group_variables').where('group_id', '=', group_id).execute();
  for (const [position, content] of variables.entries()) {
    const values = { ...content, group_id, name_key: keyOf(content.name), position };
    await tables.insertInto('group_variables').values(values).execute();
  }
  await putPermittedPipelines(tables, group_id, pipelines);
}

async function deleteGroup(tables: DeliveryWriter, { row }: StoredGroup): Promise<void> {
  const { group_id } = row;
  await putPermittedPipelines(tables, group_id, []);
  await tables.deleteFrom('group_variables').where('group_id', '=', group_id).execute();
  await tables.deleteFrom('variable_groups').where('group_id', '=', group_id).execute();
}

/** By name: the secrets that this group alone has. */
export function ownSecrets({ variables }: StoredGroup): readonly string[] {
  return variables.flatMap(({ secret_name }) => secret_name ?? []);
}

export const groupStore: AssetStore<StoredGroup> = {
  kind: groupKind,
  find: findGroup,
  list: listGroups,
  remove: deleteGroup,
  secretsOf: ownSecrets,
};
