// The error for a model file that is not what it should be.

import { LearnError } from '../errors.ts';

export function invalidModel(where: string, problem: string, options?: ErrorOptions): LearnError {
  return new LearnError(
    'MODEL_INVALID',
    `${where} is not a model file that can be loaded: ${problem}; save the model again`,
    options,
  );
}
