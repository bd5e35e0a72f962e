// What a new experiment is made of, and the checks of it.
import { checkKey } from '../checks/check-key.ts';
import { checkName, checkText, invalid } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { type KeyValue, type KeyValues, toPairs } from '../key-values.ts';

export interface CreateExperiment {
  /** 1 to 500 characters, unlike that of any other experiment, deleted ones included. */
  readonly name: string;
  readonly artifactLocation?: string;
  readonly tags?: KeyValues;
  /** The id of a user who gets MANAGE on it; default: nobody. */
  readonly managerId?: string | undefined;
}

export interface CheckedExperiment {
  readonly name: string;
  /** Undefined: a place of the workspace's own artifact store. */
  readonly artifactLocation: string | undefined;
  readonly tags: readonly KeyValue[];
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkExperiment(experiment: CreateExperiment): CheckedExperiment {
  return {
    name: checkExperimentName(experiment.name),
    artifactLocation: checkArtifactLocation(experiment.artifactLocation),
    tags: toPairs('tags', experiment.tags).map(checkExperimentTag),
  };
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkExperimentName(name: unknown): string {
  return checkName('experiment name', name, limits.experimentNameLength);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkExperimentTag(tag: KeyValue): KeyValue {
  const key = checkKey('tag', tag.key);
  return { key, value: checkText(`tag ${key}`, tag.value, limits.experimentTagValueLength) };
}

function checkArtifactLocation(location: unknown): string | undefined {
  if (location === undefined || location === '') return undefined;
  const checked = checkText('artifact_location', location, limits.artifactLocationLength);
  if (!checked.startsWith('runs:')) return checked;
  throw invalid(`artifact_location ${checked} must not be a runs:/ URI; leave it out`);
}
