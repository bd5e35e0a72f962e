// What a literal input takes, beyond its type: a range, or a list of values.
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { LiteralPipelineInput, LiteralValue } from './port-types.ts';

type Limits = Pick<LiteralPipelineInput, 'minimum' | 'maximum' | 'allowed'>;

/** Null when the value is within them, else what is expected. */
export function limitProblem(
  { minimum, maximum, allowed }: Limits,
  value: LiteralValue,
): string | null {
  if (allowed !== null && !allowed.some((one) => String(one) === String(value))) {
    const shown = allowed.slice(0, 12).map((one) => `'${shorten(String(one))}'`);
    return `one of ${shown.join(', ')}${allowed.length > shown.length ? ', …' : ''}`;
  }
  if (typeof value !== 'number') return null;
  const tooSmall = minimum !== null && value < minimum;
  const tooLarge = maximum !== null && value > maximum;
  if (!tooSmall && !tooLarge) return null;
  if (minimum === null) return `at most ${maximum}`;
  return maximum === null ? `at least ${minimum}` : `${minimum} to ${maximum}`;
}
