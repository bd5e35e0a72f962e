// The last changes in their order, each with a number: whoever has read up to one goes on from there,
// as long as what comes next is still kept.
import type { Change } from './change.ts';
import type { ChangePlace } from './change-place.ts';

export interface RingEntry {
  readonly sequence: number;
  /** Null where changes were missed that nobody can tell any more: all is to be read again. */
  readonly change: Change | null;
  readonly place: ChangePlace;
  /** The change as JSON; for null, why. */
  readonly text: string;
}

export interface RingLimits {
  readonly maxEntries: number;
  /** Of the texts together. */
  readonly maxCharacters: number;
}

const defaultLimits: RingLimits = { maxEntries: 10_000, maxCharacters: 8 * 1024 * 1024 };

export class ChangeRing {
  readonly #limits: RingLimits;
  #entries: RingEntry[] = [];
  #characters = 0;
  /** Of the newest entry, or of the last that was forgotten. */
  #head = 0;

  constructor(limits: RingLimits = defaultLimits) {
    this.#limits = limits;
  }

  get head(): number {
    return this.#head;
  }

  append(entry: Omit<RingEntry, 'sequence'>): void {
    this.#head += 1;
    this.#entries.push({ ...entry, sequence: this.#head });
    this.#characters += entry.text.length;
    this.#trim();
  }

  /** What comes after `sequence`, at most so many; null where it is not kept, or never was. */
  after(sequence: number, limit: number): readonly RingEntry[] | null {
    const start = sequence - (this.#head - this.#entries.length);
    if (start < 0 || sequence > this.#head) return null;
    return this.#entries.slice(start, start + limit);
  }

  /** What is kept is no longer all that has happened: nobody goes on from before. */
  clear(): void {
    this.#entries = [];
    this.#characters = 0;
    this.#head += 1;
  }

  // By the half, so that what is left is not moved for each that goes.
  #trim(): void {
    const { maxEntries, maxCharacters } = this.#limits;
    if (this.#entries.length <= maxEntries && this.#characters <= maxCharacters) return;
    this.#entries.splice(0, Math.ceil(this.#entries.length / 2));
    this.#characters = this.#entries.reduce((sum, { text }) => sum + text.length, 0);
  }
}
