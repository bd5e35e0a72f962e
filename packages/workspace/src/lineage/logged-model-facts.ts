// What can be told of the logged models of a lineage: those that runs have taken in, and the one that a
// version was registered from.
import type { Transaction } from 'kysely';
import { chunks } from '../database/chunks.ts';
import type { LoggedModelTables } from '../logged-models/logged-model-tables.ts';
import type { LineageLoggedModel } from './lineage.ts';

/** In the order of the ids. Of one that is gone only its id is known. */
export async function describeLoggedModels(
  reader: Transaction<LoggedModelTables>,
  modelIds: readonly string[],
): Promise<readonly LineageLoggedModel[]> {
  const known = new Map<string, LineageLoggedModel>();
  for (const ids of chunks(modelIds)) {
    const rows = await reader
      .selectFrom('logged_models')
      .select(['model_id', 'name', 'experiment_id', 'source_run_id'])
      .where('model_id', 'in', ids)
      .execute();
    for (const { model_id: modelId, name, experiment_id, source_run_id: runId } of rows) {
      known.set(modelId, { modelId, name, experimentId: String(experiment_id), runId });
    }
  }
  const unknown = { name: null, experimentId: null, runId: null };
  return modelIds.map((modelId) => known.get(modelId) ?? { modelId, ...unknown });
}

/** What is known now, and of what is gone by now what was known before. */
export function mergeLoggedModels(
  now: readonly LineageLoggedModel[],
  before: readonly LineageLoggedModel[],
): readonly LineageLoggedModel[] {
  const known = new Map(before.map((model) => [model.modelId, model]));
  const kept = now.map((model) => mergeLoggedModel(model, known.get(model.modelId) ?? null));
  const here = new Set(now.map(({ modelId }) => modelId));
  return [...kept, ...before.filter(({ modelId }) => !here.has(modelId))];
}

export function mergeLoggedModel<T extends LineageLoggedModel | null>(
  now: T,
  before: LineageLoggedModel | null,
): T | LineageLoggedModel {
  return now === null || now.name === null ? (before ?? now) : now;
}
