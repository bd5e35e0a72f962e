// Links that open one file for a while without a token, as those of Azure's storage do: clients of
// the run history fetch logs by plain addresses. By default the key lives as long as the server.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

export interface SignedLink {
  readonly runId: string;
  readonly path: string;
  /** Seconds since 1970 at which it ends. */
  readonly se: string;
  readonly sig: string;
}

export class LinkSigner {
  readonly #key: Buffer;
  readonly #lifeMs: number;
  readonly #now: () => number;

  /** @param lifeMs how long a link works; default an hour. */
  constructor(lifeMs = 3_600_000, now: () => number = Date.now, key = randomBytes(32)) {
    this.#key = key;
    this.#lifeMs = lifeMs;
    this.#now = now;
  }

  sign(runId: string, path: string): SignedLink {
    const se = String(Math.ceil((this.#now() + this.#lifeMs) / 1000));
    return { runId, path, se, sig: this.#signature(runId, path, se) };
  }

  /** Whether a link was made here, as it is, and has not ended. */
  isValid({ runId, path, se, sig }: SignedLink): boolean {
    const expected = Buffer.from(this.#signature(runId, path, se));
    const given = Buffer.from(sig);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return false;
    return Number(se) * 1000 > this.#now();
  }

  #signature(runId: string, path: string, se: string): string {
    const text = JSON.stringify([runId, path, se]);
    return createHmac('sha256', this.#key).update(text).digest('hex');
  }
}
