// Joins the feeds of the servers of one workspace. What a server may have missed of another it knows:
// by a number that is left out, by a server that is heard no more, by a connection that was lost. Its
// readers are then told to read again.
import { randomUUID } from 'node:crypto';
import type { ServerChannel } from '../database/server-channel.ts';
import type { Change } from './change.ts';
import type { ChangeFeed } from './change-feed.ts';
import { packChanges, readMessage } from './peer-message.ts';

export interface ChangePeersOptions {
  readonly channel: ServerChannel;
  readonly feed: Pick<ChangeFeed, 'receive' | 'lose'>;
  /** Between two messages; default 25. */
  readonly pauseMs?: number;
  /** How often a server shows that it is there; default 5,000. */
  readonly beatMs?: number;
}

interface Peer {
  count: number;
  heardAt: number;
}

/** Of changes between two messages; of more only that there were more is told. */
const maxWaiting = 2_000;
/** So many beats a server may miss. */
const patience = 4;

export class ChangePeers {
  readonly #id = randomUUID().slice(0, 8);
  readonly #channel: ServerChannel;
  readonly #feed: ChangePeersOptions['feed'];
  readonly #pauseMs: number;
  readonly #beatMs: number;
  readonly #peers = new Map<string, Peer>();
  readonly #beat: NodeJS.Timeout;
  readonly #listening = Promise.withResolvers<void>();
  #waiting: Change[] = [];
  #count = 0;
  #timer: NodeJS.Timeout | null = null;
  #sending: Promise<void> = Promise.resolve();

  constructor({ channel, feed, pauseMs = 25, beatMs = 5_000 }: ChangePeersOptions) {
    this.#channel = channel;
    this.#feed = feed;
    this.#pauseMs = pauseMs;
    this.#beatMs = beatMs;
    channel.listen({
      onListening: () => this.#begin(),
      onText: (text) => this.#hear(text),
    });
    this.#beat = setInterval(() => this.#onBeat(), beatMs).unref();
  }

  /** Resolves when what other servers do is first heard. */
  get listening(): Promise<void> {
    return this.#listening.promise;
  }

  tell(change: Change): void {
    this.#waiting.push(change);
    this.#timer ??= setTimeout(() => this.#flush(), this.#pauseMs).unref();
  }

  async close(): Promise<void> {
    clearInterval(this.#beat);
    this.#flush();
    this.#say({ isBye: true });
    await this.#sending;
    await this.#channel.close();
  }

  #flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const changes = this.#waiting;
    this.#waiting = [];
    // The number that is left out tells them.
    if (changes.length > maxWaiting) this.#count += 1;
    else {
      const messages = packChanges(this.#id, this.#count, changes);
      this.#count += messages.length;
      this.#send(messages);
    }
  }

  #onBeat(): void {
    this.#say({});
    const now = performance.now();
    for (const [id, { heardAt }] of this.#peers) {
      if (now - heardAt < patience * this.#beatMs) continue;
      this.#peers.delete(id);
      this.#feed.lose('another server has ended before it could tell all');
    }
  }

  #say(words: { readonly isBye?: boolean }): void {
    this.#send([{ from: this.#id, count: this.#count, changes: [], ...words }]);
  }

  // What cannot be sent is missed, and the numbers tell.
  #send(messages: readonly object[]): void {
    if (messages.length === 0) return;
    const texts = messages.map((message) => JSON.stringify(message));
    this.#sending = this.#sending.then(() => this.#channel.send(texts)).catch(() => {});
  }

  #begin(): void {
    this.#peers.clear();
    this.#listening.resolve();
    this.#feed.lose('the connection to the database was lost');
    this.#say({});
  }

  #hear(text: string): void {
    const message = readMessage(text);
    if (message === null || message.from === this.#id) return;
    const { from, count, changes, isBye = false } = message;
    const expected = (this.#peers.get(from)?.count ?? 0) + (changes.length > 0 ? 1 : 0);
    if (count !== expected) this.#feed.lose('what another server has told was lost');
    for (const change of changes) this.#feed.receive(change);
    if (isBye) this.#peers.delete(from);
    else this.#peers.set(from, { count, heardAt: performance.now() });
  }
}
