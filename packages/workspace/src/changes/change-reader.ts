// One who reads the changes along, at a pace of their own: nothing is kept for them but where they are.
import type { Change } from './change.ts';
import type { ChangePlace } from './change-place.ts';
import type { ChangeRing } from './change-ring.ts';

export interface ReadChange {
  /** From where to go on. */
  readonly id: string;
  /** Null: changes were missed, and all that was read before is to be read again. */
  readonly change: Change | null;
  readonly place: ChangePlace;
  /** The change as JSON; for null, why they were missed. */
  readonly text: string;
}

/** Of what is read at once. */
const maxAtOnce = 500;
const nowhere: ChangePlace = { experimentId: null, runIds: [] };

export class ChangeReader {
  readonly #ring: ChangeRing;
  readonly #epoch: string;
  readonly #onClose: () => void;
  #sequence: number;
  #isOpen = true;
  #news = Promise.withResolvers<void>();

  /** @param after an id that this or another server has given; null: from now on. */
  constructor(ring: ChangeRing, epoch: string, after: string | null, onClose: () => void) {
    this.#ring = ring;
    this.#epoch = epoch;
    this.#onClose = onClose;
    this.#sequence = after === null ? ring.head : sequenceOf(after, epoch);
  }

  get id(): string {
    return `${this.#epoch}-${this.#sequence}`;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Nothing has come that was not read. */
  get isIdle(): boolean {
    return this.#sequence === this.#ring.head;
  }

  /** What has come since; empty where nothing has. */
  next(): readonly ReadChange[] {
    const entries = this.#ring.after(this.#sequence, maxAtOnce);
    if (entries === null) {
      this.#sequence = this.#ring.head;
      const text = JSON.stringify({ reason: 'what was missed is not kept any more' });
      return [{ id: this.id, change: null, place: nowhere, text }];
    }
    this.#sequence += entries.length;
    return entries.map(({ sequence, ...entry }) => ({
      ...entry,
      id: `${this.#epoch}-${sequence}`,
    }));
  }

  /** Resolves when there is more, or after so long, or at its end. */
  async wait(timeoutMs: number): Promise<void> {
    if (!this.#isOpen || !this.isIdle) return;
    const { promise, resolve } = this.#news;
    const timer = setTimeout(resolve, timeoutMs);
    await promise;
    clearTimeout(timer);
    this.#news = Promise.withResolvers<void>();
  }

  wake(): void {
    this.#news.resolve();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#onClose();
    this.wake();
  }
}

/** Of another process, or of nobody: one that is never kept. */
function sequenceOf(id: string, epoch: string): number {
  const [, found, digits] = /^([0-9a-f]{8})-(\d{1,15})$/.exec(id) ?? [];
  return found === epoch ? Number(digits) : -1;
}
