// The refusal of a target column: what it holds, and what would help.
import { AutoMLError } from '../errors.ts';

export function targetInvalid(column: string, what: string, advice: string): AutoMLError {
  return new AutoMLError('TARGET_INVALID', `the target column '${column}' ${what}; ${advice}`, {
    column,
  });
}
