// A number of workers, started when they are needed and replaced when they are lost. A mini-batch
// that fails is tried again.
import type { ParallelDefinition } from './definition.ts';
import type { BatchResult, MiniBatch } from './mini-batch.ts';
import { Worker } from './worker.ts';
import type { WorkerProgram } from './worker-program.ts';

/** Loading a large model takes its time. */
const initTimeoutMs = 3_600_000;

export interface WorkerPoolOptions {
  readonly definition: ParallelDefinition;
  readonly program: WorkerProgram;
  readonly workers: number;
  readonly print: (line: string) => void;
}

export class WorkerPool {
  readonly #options: WorkerPoolOptions;
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
  readonly #waiting: Array<() => void> = [];
  #free: number;
  #isStopped = false;

  constructor(options: WorkerPoolOptions) {
    this.#options = options;
    this.#free = options.workers;
  }

  /** The result, or why it has none. @throws ScoringError SCORING_SCRIPT_INIT_FAILED */
  async run(batch: MiniBatch): Promise<BatchResult | string> {
    await this.#acquire();
    try {
      return await this.#tryAll(batch);
    } finally {
      this.#free += 1;
      this.#waiting.shift()?.();
    }
  }

  /** What is under way comes to nothing, and nothing is started any more. */
  stop(): void {
    this.#isStopped = true;
    for (const worker of this.#all) worker.stop();
  }

  async #acquire(): Promise<void> {
    while (this.#free === 0) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    this.#free -= 1;
  }

  async #tryAll(batch: MiniBatch): Promise<BatchResult | string> {
    const { maxRetries, timeoutSeconds } = this.#options.definition;
    for (let attempt = 0; ; attempt += 1) {
      if (this.#isStopped) return 'the work has ended';
      const worker = this.#idle.pop() ?? (await this.#start());
      const answer = await worker.run(batch, timeoutSeconds * 1000);
      if (answer.kind === 'lost') this.#all.delete(worker);
      else this.#idle.push(worker);
      if (answer.kind === 'done') return answer.result;
      if (attempt >= maxRetries) return answer.reason;
      const retry = `is tried again (${attempt + 1} of ${maxRetries})`;
      this.#options.print(`mini-batch ${batch.index} (${batch.label}) ${retry}: ${answer.reason}`);
    }
  }

  async #start(): Promise<Worker> {
    const worker = new Worker(this.#options.program);
    // Before it is ready: where the work ends meanwhile, it ends, too.
    this.#all.add(worker);
    await worker.ready(initTimeoutMs);
    return worker;
  }
}
