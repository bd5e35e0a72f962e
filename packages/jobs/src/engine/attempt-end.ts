// What an attempt has come to: the end of its step, or another attempt.
import type { StepOutcome } from '../step/step-outcome.ts';

export type AttemptEnd =
  | { readonly kind: 'ended'; readonly outcome: StepOutcome }
  /** It has failed, and the step is to be tried again at that time (milliseconds since 1970). */
  | { readonly kind: 'retry'; readonly atMs: number; readonly retries: number }
  /** Its work is done once more by another: it was cut off, or lost with its server. */
  | { readonly kind: 'abandoned' };

export const abandoned: AttemptEnd = { kind: 'abandoned' };
