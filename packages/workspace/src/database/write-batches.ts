// Commits together what is asked for together: each commit waits for the disk once, however many
// writes it holds. Each write still happens in full or not at all, in the order of the calls, and
// resolves only when it is on disk.
import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { CompiledQuery, type Transaction } from 'kysely';
import type { Work } from './database-port.ts';
import { SelfWait } from './self-wait.ts';

export type Transact<Tables> = <T>(work: Work<Tables, T>) => Promise<T>;

interface Write<Tables> {
  /** Does the work; gives what is to be called when it is on disk. */
  readonly run: Work<Tables, () => void>;
  readonly fail: (error: unknown) => void;
}

/** Of one commit: more would keep the first of them waiting. */
const maxBatch = 100;

export class WriteBatches<Tables> {
  readonly #transact: Transact<Tables>;
  readonly #selfWait = new SelfWait();
  readonly #waiting: Write<Tables>[] = [];
  #working: Promise<void> | null = null;

  constructor(transact: Transact<Tables>) {
    this.#transact = transact;
  }

  async write<T>(work: Work<Tables, T>): Promise<T> {
    return this.ask(work).done;
  }

  /** As `write`, with a mark by which to tell whether others were asked for since. */
  ask<T>(work: Work<Tables, T>): { readonly mark: object; readonly done: Promise<T> } {
    this.#selfWait.assertOutside();
    const { promise: done, resolve, reject: fail } = Promise.withResolvers<T>();
    // In the context of its caller, although a batch works off the writes of many.
    const inContext = AsyncLocalStorage.snapshot();
    const run = async (transaction: Transaction<Tables>) => {
      const result = await inContext(() => this.#selfWait.hold(() => work(transaction)));
      return () => resolve(result);
    };
    const mark = { run, fail };
    this.#waiting.push(mark);
    this.#working ??= this.#workOff();
    return { mark, done };
  }

  /** True while a write waits, and is the last that was asked for. To be asked outside of writes only. */
  isLast(mark: object): boolean {
    this.#selfWait.assertOutside();
    return this.#waiting.at(-1) === mark;
  }

  /** Resolves when nothing is left to write. */
  async idle(): Promise<void> {
    await this.#working;
  }

  async #workOff(): Promise<void> {
    // What has arrived by now comes into the same batch: without a turn of the event loop, the first
    // of many requests would be on disk before the second is read.
    await setImmediate();
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, maxBatch));
    this.#working = null;
  }

  async #commit(batch: readonly Write<Tables>[]): Promise<void> {
    try {
      const [only] = batch;
      const done = await this.#transact(async (transaction) =>
        batch.length === 1 && only !== undefined
          ? [await only.run(transaction)]
          : runEach(batch, transaction),
      );
      for (const tell of done) tell();
    } catch (error) {
      // Of those that have failed by themselves this is the second word, which changes nothing.
      for (const { fail } of batch) fail(error);
    }
  }
}

async function runEach<Tables>(
  batch: readonly Write<Tables>[],
  transaction: Transaction<Tables>,
): Promise<readonly (() => void)[]> {
  const done: (() => void)[] = [];
  const execute = (sql: string) => transaction.executeQuery(CompiledQuery.raw(sql));
  for (const { run, fail } of batch) {
    await execute('savepoint one_write');
    try {
      done.push(await run(transaction));
    } catch (error) {
      // On a full disk the whole transaction is gone already: this fails then, and all fail with it.
      await execute('rollback to one_write').catch(() => {
        throw error;
      });
      fail(error);
    }
    await execute('release one_write');
  }
  return done;
}
