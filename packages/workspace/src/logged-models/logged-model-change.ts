// What is told of a change to a logged model.
import type { LoggedModelChange } from '../changes/change.ts';
import type { LoggedModelRow } from './logged-model-tables.ts';

/** What was done to it, beyond which one it is. */
export type ToldChange = Omit<LoggedModelChange, 'kind' | 'modelId' | 'experimentId' | 'runId'>;

export function loggedModelChange(
  row: Pick<LoggedModelRow, 'model_id' | 'experiment_id' | 'source_run_id'>,
  told: ToldChange,
): LoggedModelChange {
  const { model_id: modelId, experiment_id, source_run_id: runId } = row;
  const which = { modelId, experimentId: String(experiment_id), ...(runId !== null && { runId }) };
  return { kind: 'loggedModel', ...told, ...which };
}
