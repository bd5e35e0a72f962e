// Checks of what the registry takes in: names, aliases, version numbers, tags, descriptions.
import { checkKey } from '../checks/check-key.ts';
import { checkName, checkText, invalid, quote } from '../checks/check-text.ts';
import { limits } from '../checks/limits.ts';
import type { KeyValue } from '../key-values.ts';

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkModelName(value: unknown): string {
  const name = checkName('registered model name', value, limits.modelNameLength);
  // Both have a meaning in `models:/name/1` and in `name:1`.
  if (!/[/:]/.test(name)) return name;
  throw invalid(`registered model name ${quote(name)} must not contain '/' or ':'`);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkModelTag(tag: KeyValue): KeyValue {
  const key = checkKey('tag', tag.key);
  return { key, value: checkText(`tag ${key}`, tag.value, limits.modelTagValueLength) };
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkDescription(value: unknown): string {
  return checkText('description', value, limits.modelDescriptionLength);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkVersionNumber(version: string | number): number {
  const text = String(version);
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text);
  throw invalid(`Model version must be an integer from 1, got ${quote(text)}`);
}

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkAlias(value: unknown): string {
  const alias = checkName('registered model alias name', value, limits.aliasLength);
  if (!/^[\p{L}\p{N}_-]+$/u.test(alias)) {
    const rule = 'names may only contain alphanumerics, underscores (_), and dashes (-)';
    throw invalid(`invalid alias name ${quote(alias)}: ${rule}`);
  }
  if (alias.toLowerCase() === 'latest') {
    throw invalid("'latest' alias name (case insensitive) is reserved for the greatest version");
  }
  if (/^v\d+$/i.test(alias)) throw invalid(`version alias name ${quote(alias)} is reserved`);
  return alias;
}
