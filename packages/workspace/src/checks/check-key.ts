// The rule for keys of metrics, params and tags, which is MLflow's: it keeps keys safe as file paths.
import { posix } from 'node:path';
import { checkText, invalid, quote } from './check-text.ts';
import { limits } from './limits.ts';

// Letters and digits of any script, as Python's \w has them.
const allowedCharacters = /^[\p{L}\p{N}_/.\- :]+$/u;

const rule =
  'names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), ' +
  'colons (:) and slashes (/)';

/** @throws RidgelineError INVALID_PARAMETER_VALUE */
export function checkKey(kind: 'metric' | 'parameter' | 'tag', value: unknown): string {
  const key = checkText(`${kind} name`, value, limits.keyLength);
  if (key === '') throw invalid(`${kind} name must not be empty`);
  if (!allowedCharacters.test(key)) throw invalid(`invalid ${kind} name ${quote(key)}: ${rule}`);
  const resolved = posix.normalize(key).replace(/(?<=.)\/$/, '');
  if (resolved !== key || key === '.' || key.startsWith('..') || key.startsWith('/')) {
    throw invalid(
      `invalid ${kind} name ${quote(key)}: as a path it would mean ${quote(resolved)}; leave out ` +
        "'.' and '..' parts, and slashes at either end or in a row",
    );
  }
  return key;
}
