// How often each agent may ask: an agent that has gone wild must not keep the server from others.
import { DeliveryError } from '../errors.ts';

/** Files go one a request, so many are in order. */
const perSecond = 500;
const atOnce = 2_000;

interface Bucket {
  left: number;
  filledAt: number;
}

export class RequestRate {
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws DeliveryError AGENT_TOO_MANY_REQUESTS */
  take(agentId: string): void {
    const now = this.#now();
    const { left, filledAt } = this.#buckets.get(agentId) ?? { left: atOnce, filledAt: now };
    const gained = (Math.max(0, now - filledAt) / 1000) * perSecond;
    const filled = Math.min(atOnce, left + gained);
    this.#buckets.set(agentId, { left: Math.max(0, filled - 1), filledAt: now });
    if (filled >= 1) return;
    const message = `an agent may ask ${perSecond} times a second; ask again in a second`;
    throw new DeliveryError('AGENT_TOO_MANY_REQUESTS', message);
  }

  delete(agentId: string): void {
    this.#buckets.delete(agentId);
  }
}
