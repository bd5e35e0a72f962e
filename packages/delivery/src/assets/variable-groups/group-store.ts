// Keeps variable groups with their variables and permissions.
import type { GroupVariableTable, VariableGroupTable } from '../../database/asset-tables.ts';
import type {
  DeliveryDatabase,
  DeliveryReader,
  DeliveryWriter,
} from '../../database/delivery-database.ts';
import { keyOf } from '../check-words.ts';
import { permittedPipelines, putPermittedPipelines } from '../pipeline-permissions.ts';
import type { VariableContent } from './variable-changes.ts';

export interface StoredGroup {
  readonly row: Readonly<VariableGroupTable>;
  readonly variables: readonly Readonly<GroupVariableTable>[];
  readonly pipelines: readonly string[];
}

export async function findGroup(
  tables: DeliveryReader | DeliveryWriter,
  name: string,
): Promise<StoredGroup | null> {
  const query = tables.selectFrom('variable_groups').selectAll();
  const row = await query.where('name_key', '=', keyOf(name)).executeTakeFirst();
  return row === undefined ? null : ((await complete(tables, [row]))[0] ?? null);
}

/** By name. */
export async function listGroups(
  { reader }: DeliveryDatabase,
  limit: number,
): Promise<readonly StoredGroup[]> {
  const query = reader.selectFrom('variable_groups').selectAll();
  return complete(reader, await query.orderBy('name_key').limit(limit).execute());
}

export async function groupNames(tables: DeliveryReader): Promise<readonly string[]> {
  const rows = await tables.selectFrom('variable_groups').select('name').orderBy('name').execute();
  return rows.map(({ name }) => name);
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

export async function deleteGroup(tables: DeliveryWriter, groupId: string): Promise<void> {
  await putPermittedPipelines(tables, groupId, []);
  await tables.deleteFrom('group_variables').where('group_id', '=', groupId).execute();
  await tables.deleteFrom('variable_groups').where('group_id', '=', groupId).execute();
}
