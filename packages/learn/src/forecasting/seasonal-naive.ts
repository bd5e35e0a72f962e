// The baseline of forecasts: what was one season ago.

import { LearnError } from '../errors.ts';

/**
 * The next `horizon` values: each is the last known value a whole number of periods before it. With
 * period 1, the last value. NaN where all values at that place of the season are missing.
 * @param values in the order of time, NaN where missing; at least one.
 * @throws LearnError DATA_EMPTY, PARAMETER_INVALID.
 */
export function seasonalNaive(values: Float64Array, period: number, horizon: number): Float64Array {
  if (values.length === 0) throw new LearnError('DATA_EMPTY', 'the series has no values');
  for (const [what, value] of Object.entries({ period, horizon })) {
    if (Number.isInteger(value) && value >= 1) continue;
    throw new LearnError(
      'PARAMETER_INVALID',
      `${what} is ${value}; expected a whole number from 1 on`,
    );
  }
  // A series shorter than its period has no season to repeat.
  const step = period <= values.length ? period : 1;
  return Float64Array.from({ length: horizon }, (_, h) => {
    let at = values.length + (h % step) - step;
    while (at >= 0 && Number.isNaN(values[at])) at -= step;
    return at >= 0 ? values[at] : Number.NaN;
  });
}
