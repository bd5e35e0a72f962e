// Which of the living and the deleted a search shows, in MLflow's words.
import { checkOneOf } from '../checks/check-text.ts';
import type { LifecycleStage } from '../experiments/experiment-tables.ts';

const viewTypes = ['ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'] as const;
export type ViewType = (typeof viewTypes)[number];

const stages: Readonly<Record<ViewType, readonly LifecycleStage[]>> = {
  ACTIVE_ONLY: ['active'],
  DELETED_ONLY: ['deleted'],
  ALL: ['active', 'deleted'],
};

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function stagesOf(viewType: ViewType = 'ACTIVE_ONLY'): readonly LifecycleStage[] {
  return stages[checkOneOf('view_type', viewType, viewTypes)];
}
