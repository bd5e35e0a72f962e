// The changes to experiments, each within a transaction of the caller.
import type { Transaction } from 'kysely';
import type { WorkspaceTables } from '../database/tables.ts';
import { RidgelineError } from '../errors.ts';
import type { KeyValue } from '../key-values.ts';
import type { CheckedExperiment } from './check-experiment.ts';
import type { ExperimentTables, LifecycleStage } from './experiment-tables.ts';
import { experimentRowByName } from './read-experiments.ts';

type Writer = Transaction<ExperimentTables>;

/** @throws RidgelineError RESOURCE_ALREADY_EXISTS */
export async function insertExperiment(
  writer: Writer,
  experiment: CheckedExperiment,
  now: number,
): Promise<number> {
  const row = {
    name: experiment.name,
    artifact_location: experiment.artifactLocation ?? null,
    lifecycle_stage: 'active',
    creation_time: now,
    last_update_time: now,
  } as const;
  const inserted = await writer
    .insertInto('experiments')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('experiment_id')
    .executeTakeFirst();
  if (inserted === undefined) throw await nameTaken(writer, experiment.name);
  const id = inserted.experiment_id;
  if (experiment.artifactLocation === undefined) await setDefaultArtifactLocation(writer, id);
  for (const tag of experiment.tags) await putExperimentTag(writer, id, tag);
  return id;
}

/** @throws RidgelineError RESOURCE_ALREADY_EXISTS */
export async function renameExperiment(
  writer: Writer,
  id: number,
  name: string,
  now: number,
): Promise<void> {
  const holder = await experimentRowByName(writer, name);
  if (holder !== undefined && holder.experiment_id !== id) throw await nameTaken(writer, name);
  await writer
    .updateTable('experiments')
    .set({ name, last_update_time: now })
    .where('experiment_id', '=', id)
    .execute();
}

/** Deletes or restores the experiment with its runs. */
export async function setExperimentStage(
  writer: Transaction<WorkspaceTables>,
  id: number,
  stage: LifecycleStage,
  now: number,
): Promise<void> {
  await writer
    .updateTable('experiments')
    .set({ lifecycle_stage: stage, last_update_time: now })
    .where('experiment_id', '=', id)
    .execute();
  await writer
    .updateTable('runs')
    .set({ lifecycle_stage: stage, deleted_time: stage === 'deleted' ? now : null })
    .where('experiment_id', '=', id)
    // A run that was deleted before keeps the time of that.
    .where('lifecycle_stage', '=', stage === 'deleted' ? 'active' : 'deleted')
    .execute();
}

export async function putExperimentTag(writer: Writer, id: number, tag: KeyValue): Promise<void> {
  await writer
    .insertInto('experiment_tags')
    .values({ experiment_id: id, key: tag.key, value: tag.value })
    .onConflict((conflict) =>
      conflict.columns(['experiment_id', 'key']).doUpdateSet({ value: tag.value }),
    )
    .execute();
}

async function setDefaultArtifactLocation(writer: Writer, id: number): Promise<void> {
  await writer
    .updateTable('experiments')
    .set({ artifact_location: `mlflow-artifacts:/${id}` })
    .where('experiment_id', '=', id)
    .execute();
}

async function nameTaken(writer: Writer, name: string): Promise<RidgelineError> {
  const holder = await experimentRowByName(writer, name);
  const advice =
    holder?.lifecycle_stage === 'deleted'
      ? 'It is deleted: restore it, or choose another name'
      : 'Choose another name, or use the one that exists';
  const message = `Experiment(name=${name}) already exists. ${advice}`;
  return new RidgelineError('RESOURCE_ALREADY_EXISTS', message);
}
