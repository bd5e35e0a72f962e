// The events of one reader as the text of a stream. It is made only as fast as it is read: whoever is
// slow goes on from the changes that are still kept, or is told to read again.
import { Readable } from 'node:stream';
import type { ChangeReader, ChangeTest, ReadChange } from '@ridgeline/workspace';

export interface EventStreamOptions {
  readonly reader: ChangeReader;
  readonly test: ChangeTest;
  /** Called before the test is asked about what has just happened. */
  readonly refresh: () => Promise<void>;
  readonly heartbeatMs: number;
  /** After which it ends, to be asked for again. */
  readonly lifeMs: number;
}

/** How soon a browser comes again. */
const retryMs = 1_000;
/** Of what is sent at once. */
const maxPieceCharacters = 64 * 1024;
/** How long who no longer reads keeps the connection after the end. */
const graceMs = 10_000;

export class EventStream {
  readonly body: Readable;
  /** Resolves when the connection is gone, or all of it was read. */
  readonly ended: Promise<void>;
  readonly #options: EventStreamOptions;
  readonly #life: NodeJS.Timeout;
  #cutOff: NodeJS.Timeout | null = null;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    const pieces = this.#pieces();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    this.ended = ended;
    this.body = new Readable({
      highWaterMark: 1,
      read: () => void this.#sendNext(pieces),
      // At once, whatever is just waited for.
      destroy: (error, done) => {
        this.#clean();
        resolve();
        done(error);
      },
    });
    this.#life = setTimeout(() => this.end(), options.lifeMs).unref();
  }

  /** What was begun is sent to its end. */
  end(): void {
    this.#options.reader.close();
    this.#cutOff ??= setTimeout(() => this.body.destroy(), graceMs).unref();
  }

  #clean(): void {
    clearTimeout(this.#life);
    if (this.#cutOff !== null) clearTimeout(this.#cutOff);
    this.#options.reader.close();
  }

  async #sendNext(pieces: AsyncGenerator<string, null>): Promise<void> {
    const { value } = await pieces.next();
    if (!this.body.destroyed) this.body.push(value);
  }

  async *#pieces(): AsyncGenerator<string, null> {
    const { reader, refresh, heartbeatMs } = this.#options;
    yield `retry: ${retryMs}\n${eventText('ready', reader.id, '{}')}`;
    let sentAt = performance.now();
    while (reader.isOpen) {
      const changes = reader.next();
      if (changes.length > 0) await refresh();
      for (const text of this.#textsOf(changes)) {
        yield text;
        sentAt = performance.now();
      }
      await reader.wait(heartbeatMs);
      if (!reader.isOpen || performance.now() - sentAt < heartbeatMs) continue;
      // So that an end is noticed on both sides; and the place from which to go on is not an old one.
      yield `: still here\nid: ${reader.id}\n\n`;
      sentAt = performance.now();
    }
    return null;
  }

  *#textsOf(changes: readonly ReadChange[]): Generator<string> {
    let piece = '';
    for (const { id, change, place, text } of changes) {
      if (change === null) piece += eventText('reset', id, text);
      else if (this.#options.test(change, place)) piece += eventText(change.kind, id, text);
      if (piece.length < maxPieceCharacters) continue;
      yield piece;
      piece = '';
    }
    if (piece !== '') yield piece;
  }
}

/** JSON has no line ends of its own. */
function eventText(event: string, id: string, json: string): string {
  return `id: ${id}\nevent: ${event}\ndata: ${json}\n\n`;
}
