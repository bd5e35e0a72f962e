// The changes to registered models, each within a transaction of the caller.
import type { Transaction } from 'kysely';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import type { ModelTables } from './model-tables.ts';

type Writer = Transaction<ModelTables>;

export interface CheckedModel {
  readonly name: string;
  readonly description: string | undefined;
  readonly tags: readonly KeyValue[];
}

/** @throws RidgelineError RESOURCE_ALREADY_EXISTS */
export async function insertModel(writer: Writer, model: CheckedModel, now: number): Promise<void> {
  const inserted = await writer
    .insertInto('registered_models')
    .values({
      name: model.name,
      creation_time: now,
      last_updated_time: now,
      description: model.description ?? null,
    })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) throw nameTaken(model.name);
  for (const tag of model.tags) await putModelTag(writer, model.name, tag);
}

/** @throws RidgelineError RESOURCE_ALREADY_EXISTS */
export async function renameModel(
  writer: Writer,
  name: string,
  newName: string,
  now: number,
): Promise<void> {
  const holder = await writer
    .selectFrom('registered_models')
    .select('name')
    .where('name', '=', newName)
    .executeTakeFirst();
  if (holder !== undefined && newName !== name) throw nameTaken(newName);
  await writer
    .updateTable('registered_models')
    .set({ name: newName, last_updated_time: now })
    .where('name', '=', name)
    .execute();
}

export async function putModelTag(writer: Writer, name: string, tag: KeyValue): Promise<void> {
  await writer
    .insertInto('registered_model_tags')
    .values({ name, key: tag.key, value: tag.value })
    .onConflict((conflict) => conflict.columns(['name', 'key']).doUpdateSet({ value: tag.value }))
    .execute();
}

export async function putAlias(
  writer: Writer,
  name: string,
  alias: string,
  version: number,
): Promise<void> {
  await writer
    .insertInto('registered_model_aliases')
    .values({ name, alias, version })
    .onConflict((conflict) => conflict.columns(['name', 'alias']).doUpdateSet({ version }))
    .execute();
}

export async function touchModel(writer: Writer, name: string, now: number): Promise<void> {
  await writer
    .updateTable('registered_models')
    .set({ last_updated_time: now })
    .where('name', '=', name)
    .execute();
}

function nameTaken(name: string): RidgelineError {
  const message = `Registered Model (name=${name}) already exists`;
  return new RidgelineError('RESOURCE_ALREADY_EXISTS', message);
}
