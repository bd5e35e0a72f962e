// Takes a deleted run, logged model or experiment out of the sight of all, in one transaction that also
// notes what is still to go: whatever happens then, nothing stands there that is half gone.
import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { keepLineageOf, keepLineageOfModel } from '../lineage/version-lineage.ts';
import { type Garbage, isInUse } from './find-garbage.ts';

type Writer = Transaction<WorkspaceTables>;

/** False where it was restored meanwhile, or a model version has come to stand on it. */
export async function removeRow(writer: Writer, garbage: Garbage): Promise<boolean> {
  if (!(await isStillGarbage(writer, garbage))) return false;
  const { kind, id, experimentId } = garbage;
  await writer
    .insertInto('artifact_removals')
    .values({ owner_id: id, experiment_id: experimentId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  if (kind === 'run') await hideRun(writer, id);
  else await removeLoggedModel(writer, id);
  return true;
}

/** With its tags and the datasets of its runs; its name is free then. */
export async function removeExperiment(writer: Writer, experimentId: number): Promise<boolean> {
  const row = await writer
    .selectFrom('experiments')
    .select('lifecycle_stage')
    .where('experiment_id', '=', experimentId)
    .executeTakeFirst();
  if (row?.lifecycle_stage !== 'deleted') return false;
  for (const table of ['datasets', 'experiment_tags', 'experiments'] as const) {
    await writer.deleteFrom(table).where('experiment_id', '=', experimentId).execute();
  }
  return true;
}

async function isStillGarbage(
  writer: Writer,
  { kind, id, experimentId }: Garbage,
): Promise<boolean> {
  if (await isInUse(writer, id)) return false;
  const row =
    kind === 'run'
      ? await writer
          .selectFrom('runs')
          .select('lifecycle_stage')
          .where('run_uuid', '=', id)
          .executeTakeFirst()
      : await writer
          .selectFrom('logged_models')
          .select('lifecycle_stage')
          .where('model_id', '=', id)
          .executeTakeFirst();
  if (row === undefined) return false;
  if (row.lifecycle_stage === 'deleted') return true;
  const experiment = await writer
    .selectFrom('experiments')
    .select('lifecycle_stage')
    .where('experiment_id', '=', experimentId)
    .executeTakeFirst();
  return kind === 'loggedModel' && experiment?.lifecycle_stage === 'deleted';
}

async function hideRun(writer: Writer, runId: string): Promise<void> {
  await keepLineageOf(writer, runId);
  for (const table of ['params', 'tags'] as const) {
    await writer.deleteFrom(table).where('run_uuid', '=', runId).execute();
  }
  await writer.deleteFrom('logged_model_metrics').where('run_id', '=', runId).execute();
  await removeArrows(writer, runId);
  await writer
    .updateTable('runs')
    .set({ lifecycle_stage: 'removing' })
    .where('run_uuid', '=', runId)
    .execute();
}

async function removeLoggedModel(writer: Writer, modelId: string): Promise<void> {
  await keepLineageOfModel(writer, modelId);
  for (const table of [
    'logged_model_metrics',
    'logged_model_params',
    'logged_model_tags',
  ] as const) {
    await writer.deleteFrom(table).where('model_id', '=', modelId).execute();
  }
  await removeArrows(writer, modelId);
  await writer.deleteFrom('logged_models').where('model_id', '=', modelId).execute();
}

/** From it and to it, and the datasets that nobody else has used. */
async function removeArrows(writer: Writer, id: string): Promise<void> {
  const arrows = await writer
    .selectFrom('inputs')
    .select(['input_uuid', 'source_type', 'source_id'])
    .where(({ or, eb }) => or([eb('source_id', '=', id), eb('destination_id', '=', id)]))
    .execute();
  for (const { input_uuid, source_type, source_id } of arrows) {
    await writer.deleteFrom('input_tags').where('input_uuid', '=', input_uuid).execute();
    await writer.deleteFrom('inputs').where('input_uuid', '=', input_uuid).execute();
    if (source_type !== 'DATASET') continue;
    const other = await writer
      .selectFrom('inputs')
      .select('input_uuid')
      .where('source_type', '=', 'DATASET')
      .where('source_id', '=', source_id)
      .limit(1)
      .executeTakeFirst();
    if (other !== undefined) continue;
    await writer.deleteFrom('datasets').where('dataset_uuid', '=', source_id).execute();
  }
}
