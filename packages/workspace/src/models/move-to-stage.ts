// Moves a model version to a stage, within a transaction of the caller.
import type { Transaction } from 'kysely';
import type { ModelStage } from './model-stage.ts';
import type { ModelTables } from './model-tables.ts';
import { updateVersionRow } from './write-versions.ts';

export interface StageMove {
  readonly name: string;
  readonly version: number;
  readonly stage: ModelStage;
  /** Whether what else is in that stage is archived. */
  readonly archiveOthers: boolean;
}

export async function moveToStage(
  writer: Transaction<ModelTables>,
  { name, version, stage, archiveOthers }: StageMove,
  now: number,
): Promise<void> {
  if (archiveOthers) {
    await writer
      .updateTable('model_versions')
      .set({ current_stage: 'Archived', last_updated_time: now })
      .where('name', '=', name)
      .where('version', '!=', version)
      .where('current_stage', '=', stage)
      .execute();
  }
  await updateVersionRow(writer, name, version, { current_stage: stage }, now);
}
