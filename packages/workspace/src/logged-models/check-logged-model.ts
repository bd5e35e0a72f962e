// What a new logged model is made of, and the checks of it.
import { checkName, checkText, invalid, quote } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import { type KeyValue, type KeyValues, lastOfEachKey, toPairs } from '../key-values.ts';

export interface CreateLoggedModel {
  readonly experimentId: string;
  /** Without / : . % and quotes; default: `model-` and the first digits of the id. */
  readonly name?: string | undefined;
  readonly modelType?: string | undefined;
  /** The run that has made it; must exist. */
  readonly sourceRunId?: string | undefined;
  readonly params?: KeyValues | undefined;
  readonly tags?: KeyValues | undefined;
}

export interface CheckedLoggedModel {
  readonly experimentId: string;
  readonly name: string;
  readonly modelType: string | null;
  readonly sourceRunId: string | null;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkLoggedModel(model: CreateLoggedModel, modelId: string): CheckedLoggedModel {
  const { modelType, sourceRunId } = model;
  const name = model.name || `model-${modelId.slice(2, 10)}`;
  return {
    experimentId: model.experimentId,
    name: checkLoggedModelName(name),
    modelType: modelType ? checkText('model_type', modelType, limits.loggedModelNameLength) : null,
    sourceRunId: sourceRunId || null,
    params: checkLoggedModelPairs('param', model.params),
    tags: checkLoggedModelPairs('tag', model.tags),
  };
}

/** Of each key the last one. @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkLoggedModelPairs(
  kind: 'param' | 'tag',
  values: KeyValues | undefined,
): readonly KeyValue[] {
  const pairs = toPairs(`${kind}s`, values);
  if (pairs.length > limits.entitiesPerBatch) {
    throw invalid(`at most ${limits.entitiesPerBatch} ${kind}s are allowed, got ${pairs.length}`);
  }
  const checked = pairs.map((pair) => {
    const key = checkName(`${kind} key`, pair.key, limits.loggedModelKeyLength);
    const label = `${kind} ${quote(key)}`;
    return { key, value: checkText(label, pair.value, limits.loggedModelValueLength) };
  });
  return lastOfEachKey(checked);
}

function checkLoggedModelName(value: string): string {
  const name = checkName('logged model name', value, limits.loggedModelNameLength);
  // A name becomes a part of paths and of models:/ addresses.
  if (!/[/:.%"']/.test(name)) return name;
  throw invalid(`logged model name ${quote(name)} must not contain any of / : . % " '`);
}
