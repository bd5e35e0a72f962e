// A connection for reads that may take long, in a thread of its own: node:sqlite keeps the thread that
// asks waiting, and the server's has others to answer meanwhile.
import { Worker } from 'node:worker_threads';
import type { CompiledQuery, QueryResult } from 'kysely';
import { RidgelineError, type RidgelineErrorCode } from '../errors.ts';
import { type SqliteExecutor, toSqliteValue } from './sqlite-connection.ts';

export interface AsideSettings {
  readonly file: string;
  readonly busyTimeoutMs: number;
}

export interface AsideQuestion {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

export type AsideAnswer = { readonly isTransaction: boolean } & (
  | { readonly rows: readonly unknown[] }
  | { readonly message: string; readonly code: RidgelineErrorCode | null }
);

/** Asked one thing at a time. The thread begins with the first. */
export class SqliteAside implements SqliteExecutor {
  readonly #settings: AsideSettings;
  #thread: Thread | null = null;
  #isTransaction = false;

  constructor(settings: AsideSettings) {
    this.#settings = settings;
  }

  get isTransaction(): boolean {
    return this.#isTransaction;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const question: AsideQuestion = { sql, parameters: parameters.map(toSqliteValue) };
    const answer = await this.#ask(question);
    this.#isTransaction = answer.isTransaction;
    if ('rows' in answer) return { rows: answer.rows as R[] };
    const { code, message } = answer;
    throw code === null ? new Error(message) : new RidgelineError(code, message);
  }

  streamQuery(): never {
    throw new Error('streaming is not supported; read page by page');
  }

  async close(): Promise<void> {
    await this.#thread?.worker.terminate();
  }

  async #ask(question: AsideQuestion): Promise<AsideAnswer> {
    this.#thread ??= this.#begin();
    const { worker } = this.#thread;
    this.#thread.answer = Promise.withResolvers();
    // Nobody's end is put off by it, but that of who waits for its answer.
    worker.ref();
    worker.postMessage(question);
    return this.#thread.answer.promise.finally(() => worker.unref());
  }

  #begin(): Thread {
    const program = new URL('./sqlite-aside-worker.ts', import.meta.url);
    const worker = new Worker(program, { workerData: this.#settings });
    const thread: Thread = { worker, answer: Promise.withResolvers() };
    worker.on('message', (answer: AsideAnswer) => thread.answer.resolve(answer));
    worker.on('error', (error) => thread.answer.reject(error));
    worker.once('exit', () => {
      thread.answer.reject(new Error('the thread of slow reads has ended'));
      this.#isTransaction = false;
      // The next question begins another one.
      this.#thread = null;
    });
    return thread;
  }
}

interface Thread {
  readonly worker: Worker;
  /** To the question that it was asked last. */
  answer: PromiseWithResolvers<AsideAnswer>;
}
