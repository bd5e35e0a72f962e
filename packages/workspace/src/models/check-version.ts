// What a new model version is made of, and the checks of it.
import { checkText } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { type KeyValue, type KeyValues, lastOfEachKey, toPairs } from '../key-values.ts';
import { checkDescription, checkModelName, checkModelTag } from './check-models.ts';
import { checkSource } from './model-source.ts';

export interface CreateVersion {
  /** A registered model. */
  readonly name: string;
  /** Such as `runs:/<run id>/model`. */
  readonly source: string;
  /** Default: the run of `source`. */
  readonly runId?: string | undefined;
  readonly runLink?: string | undefined;
  /** The logged model that becomes a version; default: that of `source`. */
  readonly modelId?: string | undefined;
  readonly description?: string;
  readonly tags?: KeyValues;
}

export interface CheckedVersion {
  readonly name: string;
  readonly source: string;
  readonly runId: string | undefined;
  readonly runLink: string | undefined;
  readonly modelId: string | null;
  readonly description: string | undefined;
  readonly tags: readonly KeyValue[];
}

const runIdLength = 32;

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkVersion(version: CreateVersion): CheckedVersion {
  const { runId, runLink, modelId, description } = version;
  return {
    name: checkModelName(version.name),
    source: checkSource(version.source),
    // MLflow's clients send an empty text for what they do not have.
    runId: runId ? checkText('run_id', runId, runIdLength) : undefined,
    runLink: runLink ? checkText('run_link', runLink, limits.modelSourceLength) : undefined,
    modelId: modelId ? checkText('model_id', modelId, limits.loggedModelKeyLength) : null,
    description: description === undefined ? undefined : checkDescription(description),
    tags: lastOfEachKey(toPairs('tags', version.tags).map(checkModelTag)),
  };
}
