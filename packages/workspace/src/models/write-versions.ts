// The changes to model versions, each within a transaction of the caller.
import type { Transaction, Updateable } from 'kysely';
import type { KeyValue } from '../key-values.ts';
import type { ModelTables, ModelVersionsTable } from './model-tables.ts';
import { deletedStage } from './model-version.ts';
import { touchModel } from './write-models.ts';

type Writer = Transaction<ModelTables>;

export async function putVersionTag(
  writer: Writer,
  name: string,
  version: number,
  tag: KeyValue,
): Promise<void> {
  await writer
    .insertInto('model_version_tags')
    .values({ name, version, key: tag.key, value: tag.value })
    .onConflict((conflict) =>
      conflict.columns(['name', 'version', 'key']).doUpdateSet({ value: tag.value }),
    )
    .execute();
}

/** What the version said is gone; only its number stays taken. */
export async function eraseVersion(
  writer: Writer,
  name: string,
  version: number,
  now: number,
): Promise<void> {
  for (const table of ['model_version_tags', 'registered_model_aliases'] as const) {
    await writer
      .deleteFrom(table)
      .where('name', '=', name)
      .where('version', '=', version)
      .execute();
  }
  const change = {
    current_stage: deletedStage,
    description: null,
    user_id: null,
    source: null,
    run_id: null,
    run_link: null,
    status_message: null,
    storage_location: null,
  };
  await updateVersionRow(writer, name, version, change, now);
}

export async function updateVersionRow(
  writer: Writer,
  name: string,
  version: number,
  change: Updateable<ModelVersionsTable>,
  now: number,
): Promise<void> {
  await writer
    .updateTable('model_versions')
    .set({ ...change, last_updated_time: now })
    .where('name', '=', name)
    .where('version', '=', version)
    .execute();
  await touchModel(writer, name, now);
}
