// The stages that a model version can be in. They are MLflow's past; tags and aliases have taken
// their place, but clients still ask for them.
import { invalid, quote } from '../checks/check-text.ts';

export const stages = ['None', 'Staging', 'Production', 'Archived'] as const;
export type ModelStage = (typeof stages)[number];

/** Those in which a version is in use. */
export const activeStages: readonly ModelStage[] = ['Staging', 'Production'];

/** In any case of letters. @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkStage(value: unknown): ModelStage {
  const stage = stages.find((one) => one.toLowerCase() === String(value).toLowerCase());
  if (stage !== undefined) return stage;
  throw invalid(`stage ${quote(value)} is not known; expected one of ${stages.join(', ')}`);
}
