// When each repository is asked again: a folder soon, an address later, what has failed later still.
import type { RepositoryPlace } from '../builds/delivery-pipeline.ts';

const pollsOfAddress = 15;

export class LookTimes {
  readonly #pollMs: number;
  readonly #at = new Map<string, number>();

  constructor(pollMs: number) {
    this.#pollMs = pollMs;
  }

  /** Whether it is time; if so, the next time is set. `who`: the pipeline. */
  take(who: string, { location }: RepositoryPlace, now: number): boolean {
    const key = `${who} ${location}`;
    if ((this.#at.get(key) ?? 0) > now) return false;
    const polls = location.startsWith('/') ? 1 : pollsOfAddress;
    this.#at.set(key, now + this.#pollMs * polls);
    return true;
  }

  /** A server may be away, a folder unplugged: left alone for a while. */
  putOff(who: string, { location }: RepositoryPlace, now: number): void {
    this.#at.set(`${who} ${location}`, now + this.#pollMs * pollsOfAddress);
  }

  /** Of one pipeline, or of all: at the next round. */
  hurry(who?: string): void {
    for (const key of this.#at.keys())
      if (who === undefined || key.startsWith(`${who} `)) this.#at.delete(key);
  }
}
