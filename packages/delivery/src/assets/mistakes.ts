// Collects what is wrong with what a user has given, so that they learn of all of it at once.
import { DeliveryError, type DeliveryErrorCode } from '../errors.ts';

/** What is sent can be wrong in very many places. */
const maxTold = 50;

export class Mistakes {
  readonly #found = new Set<string>();

  add(message: string): void {
    this.#found.add(message);
  }

  get isEmpty(): boolean {
    return this.#found.size === 0;
  }

  /** @throws DeliveryError with all of them, a line each */
  throwIfAny(code: DeliveryErrorCode): void {
    if (this.isEmpty) return;
    const lines = [...this.#found].slice(0, maxTold);
    const more = this.#found.size - lines.length;
    if (more > 0) lines.push(`… and ${more} more`);
    throw new DeliveryError(code, lines.join('\n'));
  }
}
