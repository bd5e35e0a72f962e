// The clock of the triggers, which tests hold.

export interface TriggerClock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once when the time has come; the answer takes that back. */
  after(ms: number, run: () => void): () => void;
}

export const systemTriggerClock: TriggerClock = {
  now: Date.now,
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
