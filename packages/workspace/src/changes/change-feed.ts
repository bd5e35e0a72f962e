// The changes of a workspace as they happen, for whoever reads along. While nobody does, and on a
// database that no other server has open, telling costs nothing and nothing is kept.
import { randomUUID } from 'node:crypto';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import type { Change, ChangeSink, MeasuredMetric } from './change.ts';
import { type ChangePlace, ChangePlaces } from './change-place.ts';
import { ChangeReader } from './change-reader.ts';
import { ChangeRing, type RingLimits } from './change-ring.ts';
import { MetricWindows } from './metric-windows.ts';

export interface ChangeFeedOptions {
  readonly database: WorkspaceDatabase;
  /** How long what happens is kept after the last reader has gone, so that it can come back. */
  readonly lingerMs?: number;
  readonly limits?: RingLimits;
}

/** How what happens here is told to the other servers of the workspace. */
export interface OtherServers {
  tell(change: Change): void;
  /** Resolves when what they do is first heard. */
  readonly listening: Promise<void>;
  close(): Promise<void>;
}

const defaultLingerMs = 60_000;
const defaultReadyMs = 5_000;
/** Of those that are told at once: more are not looked up together. */
const maxAtOnce = 1_000;
/** Of changes that wait for their places: more are not worth the memory, as readers can read again. */
const maxWaiting = 20_000;

export class ChangeFeed implements ChangeSink {
  /** Of this process: nobody goes on here from what another has told. */
  readonly epoch = randomUUID().slice(0, 8);
  readonly #places: ChangePlaces;
  readonly #ring: ChangeRing;
  readonly #windows = new MetricWindows((change) => this.publish(change));
  readonly #lingerMs: number;
  readonly #readers = new Set<ChangeReader>();
  #waiting: Change[] = [];
  #pumping: Promise<void> | null = null;
  #isKept = false;
  #forgetting: NodeJS.Timeout | null = null;
  #others: OtherServers | null = null;

  constructor({ database, lingerMs = defaultLingerMs, limits }: ChangeFeedOptions) {
    this.#places = new ChangePlaces(database.kysely);
    this.#ring = new ChangeRing(limits);
    this.#lingerMs = lingerMs;
  }

  /** From now on what happens here is told to them, too. */
  connect(others: OtherServers): void {
    this.#others = others;
  }

  /** Resolves when what other servers do is heard, or after so long. */
  async ready(timeoutMs = defaultReadyMs): Promise<void> {
    if (this.#others === null) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, timeoutMs);
    await Promise.race([this.#others.listening, promise]);
    clearTimeout(timer);
  }

  publish(change: Change): void {
    if (!this.#isKept && this.#others === null) return;
    if ('runId' in change && change.runId !== undefined && change.kind !== 'metrics')
      this.#windows.flush(change.runId);
    if (!isLocal(change)) this.#others?.tell(change);
    this.receive(change);
  }

  publishMetrics(runId: string, metrics: readonly MeasuredMetric[]): void {
    if (this.#isKept || this.#others !== null) this.#windows.add(runId, metrics);
  }

  /** What has happened at another server. */
  receive(change: Change): void {
    if (!this.#isKept) return;
    if (this.#waiting.length >= maxWaiting) this.lose('too much has happened at once');
    this.#waiting.push(change);
    this.#pumping ??= this.#pump();
  }

  /** What has happened cannot be told: all readers are to read again. */
  lose(reason: string): void {
    if (!this.#isKept) return;
    this.#waiting = [];
    const place = { experimentId: null, runIds: [] };
    this.#ring.append({ change: null, place, text: JSON.stringify({ reason }) });
    this.#wakeReaders();
  }

  /** @param after as a reader was told it, to go on from there; null for what happens from now on. */
  read(after: string | null = null): ChangeReader {
    this.#keep();
    const reader = new ChangeReader(this.#ring, this.epoch, after, () => this.#leave(reader));
    this.#readers.add(reader);
    return reader;
  }

  get readerCount(): number {
    return this.#readers.size;
  }

  /** Ends all readers. */
  async close(): Promise<void> {
    if (this.#forgetting !== null) clearTimeout(this.#forgetting);
    this.#windows.flushAll();
    for (const reader of [...this.#readers]) reader.close();
    await this.#pumping;
    await this.#others?.close();
  }

  #keep(): void {
    if (this.#forgetting !== null) clearTimeout(this.#forgetting);
    this.#forgetting = null;
    // What has happened since it was last kept is not in the ring.
    if (!this.#isKept) this.#ring.clear();
    this.#isKept = true;
  }

  #leave(reader: ChangeReader): void {
    this.#readers.delete(reader);
    if (this.#readers.size > 0) return;
    this.#forgetting = setTimeout(() => this.#forget(), this.#lingerMs).unref();
  }

  #forget(): void {
    this.#isKept = false;
    this.#ring.clear();
  }

  // One at a time, so that the order stays. What comes in the same breath is looked up together.
  async #pump(): Promise<void> {
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const changes = this.#waiting.splice(0, maxAtOnce);
      try {
        const places = await this.#places.of(changes);
        for (const [index, change] of changes.entries()) {
          const place = places[index];
          if (place !== undefined)
            this.#ring.append({ change, place, text: textOf(change, place) });
        }
      } catch {
        // The database is away, so nobody can tell whom this concerns.
        this.lose('the database could not be asked');
      }
      this.#wakeReaders();
    }
    this.#pumping = null;
  }

  #wakeReaders(): void {
    for (const reader of this.#readers) reader.wake();
  }
}

/** With the experiment, as who shows the runs of one asks for it first. */
function textOf(change: Change, { experimentId }: ChangePlace): string {
  return JSON.stringify(experimentId === null ? change : { ...change, experimentId });
}

/** The growth of logs each server sees for itself, and only where somebody asks. */
function isLocal({ kind }: Change): boolean {
  return kind === 'log';
}
