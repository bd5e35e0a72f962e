// Whose tokens were asked for just now, so that a client with many calls is looked up once. What this
// server has changed since counts at once, what another one has within a second.
import type { Clock } from '../clock.ts';
import type { Principal } from './principal.ts';

const maxAgeMs = 1_000;
const maxKnown = 1_000;

interface Known {
  readonly principal: Principal;
  readonly revision: number;
  readonly at: number;
}

export class KnownPrincipals {
  readonly #database: { readonly revision: number };
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(database: { readonly revision: number }, clock: Clock) {
    this.#database = database;
    this.#clock = clock;
  }

  /** By the digest of a token. Who is not found is asked for again. */
  async get(
    hash: string,
    find: (hash: string) => Promise<Principal | null>,
  ): Promise<Principal | null> {
    const { revision } = this.#database;
    const at = this.#clock();
    const known = this.#known.get(hash);
    if (known?.revision === revision && Math.abs(at - known.at) < maxAgeMs) return known.principal;
    const principal = await find(hash);
    this.#known.delete(hash);
    if (this.#known.size >= maxKnown) this.#known.clear();
    // As of before it was looked for: what is written meanwhile may not be in it.
    if (principal !== null) this.#known.set(hash, { principal, revision, at });
    return principal;
  }
}
