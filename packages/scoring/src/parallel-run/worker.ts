// One process that runs the entry script on one mini-batch after the other.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { ScoringError } from '../errors.ts';
import type { BatchResult, MiniBatch } from './mini-batch.ts';
import type { Answer, Question } from './worker-messages.ts';
import type { WorkerProgram } from './worker-program.ts';

/** What became of a mini-batch in a worker; the worker is gone after `lost`. */
export type WorkerAnswer =
  | { readonly kind: 'done'; readonly result: BatchResult }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

export class Worker {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;
  #nextId = 0;

  constructor(program: WorkerProgram) {
    this.#child = spawn(program.command, [...program.arguments], {
      stdio: ['pipe', 'inherit', 'inherit', 'pipe'],
    });
    const lines = createInterface({ input: this.#child.stdio[3] as Readable });
    this.#answers = lines[Symbol.asyncIterator]();
    // A worker that dies while it is asked breaks the pipe; that it died is told by its answer.
    this.#child.stdin?.on('error', () => undefined);
    this.#child.on('error', () => undefined);
  }

  /**
   * Resolves when the script's `init` is done.
   * @throws ScoringError SCORING_SCRIPT_INIT_FAILED with the script's own trace
   */
  async ready(timeoutMs: number): Promise<void> {
    const answer = await this.#answer(timeoutMs);
    if (answer !== null && 'ready' in answer) return;
    this.stop();
    const reason =
      answer !== null && 'failed' in answer
        ? answer.failed.trim()
        : `it ended, or was not ready after ${timeoutMs / 1000} seconds`;
    throw new ScoringError(
      'SCORING_SCRIPT_INIT_FAILED',
      `the entry script cannot be started: ${reason}`,
    );
  }

  async run(batch: MiniBatch, timeoutMs: number): Promise<WorkerAnswer> {
    const id = this.#nextId;
    this.#nextId += 1;
    this.#child.stdin?.write(`${JSON.stringify(questionOf(id, batch))}\n`);
    const startedAt = performance.now();
    const answer = await this.#answer(timeoutMs);
    if (answer !== null && 'result' in answer) return { kind: 'done', result: answer.result };
    if (answer !== null && 'error' in answer)
      return { kind: 'failed', reason: answer.error.trim() };
    this.stop();
    const isLate = performance.now() - startedAt >= timeoutMs;
    const reason = isLate
      ? `it took longer than ${timeoutMs / 1000} seconds (retry_settings.timeout)`
      : 'the process of the entry script ended in its midst';
    return { kind: 'lost', reason };
  }

  stop(): void {
    this.#child.kill('SIGKILL');
    this.#child.stdin?.destroy();
  }

  /** Null when the worker has ended, or is silent for so long. */
  async #answer(timeoutMs: number): Promise<Answer | null> {
    const { promise: late, resolve } = Promise.withResolvers<null>();
    const timer = setTimeout(() => resolve(null), Math.min(timeoutMs, 2 ** 31 - 1));
    try {
      const next = await Promise.race([this.#answers.next(), late]);
      return next === null || next.done ? null : JSON.parse(next.value);
    } finally {
      clearTimeout(timer);
    }
  }
}

function questionOf(id: number, batch: MiniBatch): Question {
  if (batch.kind === 'files') return { id, kind: 'files', files: batch.files };
  return { id, kind: 'rows', header: batch.header, rows: batch.rows };
}
