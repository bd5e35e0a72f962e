// A clock that stands still until a test moves it.
import type { ScheduleClock } from '../schedule-clock.ts';

export class ManualClock implements ScheduleClock {
  #now: number;
  readonly #timers = new Set<{ readonly at: number; readonly run: () => void }>();

  constructor(iso: string) {
    this.#now = Date.parse(iso);
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    // What is due by now, as a test has moved on meanwhile, rings without another move.
    if (ms <= 0) {
      const immediate = setImmediate(run);
      return () => clearImmediate(immediate);
    }
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Moves to a time, and rings what is due by then. */
  set(iso: string): void {
    this.#now = Date.parse(iso);
    for (const timer of [...this.#timers]) {
      if (timer.at > this.#now) continue;
      this.#timers.delete(timer);
      timer.run();
    }
  }
}
