// Records which logged models a run used and which it made, and reads that back.
import type { Transaction } from 'kysely';
import { checkInteger, invalid } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import type { LoggedModelTables } from '../logged-models/logged-model-tables.ts';
import { activeLoggedModelRow } from '../logged-models/read-logged-models.ts';
import { checkCount } from './check-batch.ts';
import type { ModelInput, ModelOutput } from './run.ts';
import type { RunTables } from './run-tables.ts';

export interface NewModelOutput {
  readonly modelId: string;
  /** Default 0. */
  readonly step?: number | undefined;
}

export interface ModelArrow extends Required<NewModelOutput> {
  readonly kind: 'INPUT' | 'OUTPUT';
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkModelArrows(
  kind: ModelArrow['kind'],
  models: readonly NewModelOutput[],
): readonly ModelArrow[] {
  checkCount('models', models.length, limits.modelsPerRequest);
  const { MIN_SAFE_INTEGER, MAX_SAFE_INTEGER } = Number;
  return models.map(({ modelId, step = 0 }) => {
    if (!modelId) throw invalid("Missing value for required parameter 'model_id'");
    return { kind, modelId, step: checkInteger('step', step, MIN_SAFE_INTEGER, MAX_SAFE_INTEGER) };
  });
}

/** One that is there already stays as it is. @throws RidgelineError RESOURCE_DOES_NOT_EXIST */
export async function writeModelArrows(
  writer: Transaction<RunTables & LoggedModelTables>,
  runId: string,
  arrows: readonly ModelArrow[],
  newId: () => string,
): Promise<void> {
  for (const { kind, modelId, step } of arrows) {
    await activeLoggedModelRow(writer, modelId);
    await writer
      .insertInto('inputs')
      .values({
        input_uuid: newId(),
        source_type: `RUN_${kind}`,
        source_id: runId,
        destination_type: `MODEL_${kind}`,
        destination_id: modelId,
        step,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

export interface ModelsOfRuns {
  readonly inputs: ReadonlyMap<string, readonly ModelInput[]>;
  readonly outputs: ReadonlyMap<string, readonly ModelOutput[]>;
}

/** By run; runs that have none are not there. */
export async function modelsOfRuns(
  reader: Transaction<RunTables>,
  runIds: readonly string[],
): Promise<ModelsOfRuns> {
  const rows = await reader
    .selectFrom('inputs')
    .select(['source_type', 'source_id', 'destination_id', 'step'])
    .where('source_type', 'in', ['RUN_INPUT', 'RUN_OUTPUT'])
    .where('source_id', 'in', runIds)
    .orderBy('step')
    .orderBy('destination_id')
    .execute();
  const inputs = new Map<string, ModelInput[]>();
  const outputs = new Map<string, ModelOutput[]>();
  for (const { source_type, source_id, destination_id: model_id, step } of rows) {
    if (source_type === 'RUN_INPUT') inputs.getOrInsert(source_id, []).push({ model_id });
    else outputs.getOrInsert(source_id, []).push({ model_id, step });
  }
  return { inputs, outputs };
}
