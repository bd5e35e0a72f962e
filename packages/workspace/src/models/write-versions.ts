// The changes to model versions, each within a transaction of the caller.
import type { Transaction, Updateable } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import type { KeyValue } from '../key-values.ts';
import { runRow } from '../runs/read-runs.ts';
import type { CheckedVersion } from './check-version.ts';
import { runArtifactOf } from './model-source.ts';
import type { ModelTables, ModelVersionsTable } from './model-tables.ts';
import { deletedStage } from './model-version.ts';
import { modelRow } from './read-models.ts';
import { touchModel } from './write-models.ts';

type Writer = Transaction<ModelTables>;

/**
 * @returns the new version: one more than the greatest that the model ever had.
 * @throws RidgelineError RESOURCE_DOES_NOT_EXIST for the model, or for the run of the source
 */
export async function insertVersion(
  writer: Transaction<WorkspaceTables>,
  version: CheckedVersion,
  now: number,
): Promise<number> {
  await modelRow(writer, version.name);
  const artifact = runArtifactOf(version.source);
  if (artifact !== null) await runRow(writer, artifact.runId);
  const number = await nextNumber(writer, version.name);
  const row = {
    name: version.name,
    version: number,
    creation_time: now,
    last_updated_time: now,
    description: version.description ?? null,
    user_id: null,
    current_stage: 'None',
    source: version.source,
    run_id: version.runId ?? artifact?.runId ?? null,
    run_link: version.runLink ?? null,
    status: 'READY' as const,
    status_message: null,
  };
  await writer.insertInto('model_versions').values(row).execute();
  for (const tag of version.tags) await putVersionTag(writer, version.name, number, tag);
  await touchModel(writer, version.name, now);
  return number;
}

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

async function nextNumber(writer: Writer, name: string): Promise<number> {
  const { greatest } = await writer
    .selectFrom('model_versions')
    .select(({ fn }) => fn.max('version').as('greatest'))
    .where('name', '=', name)
    .executeTakeFirstOrThrow();
  return (greatest ?? 0) + 1;
}
