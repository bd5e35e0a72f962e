// How long a check may take.

const minuteMs = 60_000;
/** A timer counts up to 24 days, and approvals wait for 30. */
const longestWaitMs = 2_000_000_000;

/** Fires when the time of a check that begins now is up. */
export function timeoutOf({ timeoutMinutes }: { readonly timeoutMinutes: number }): AbortSignal {
  return AbortSignal.timeout(Math.min(timeoutMinutes * minuteMs, longestWaitMs));
}
