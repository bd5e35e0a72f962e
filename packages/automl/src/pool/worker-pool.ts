// Workers that fit models, one task at a time each. A worker that dies fails its task and is replaced;
// tasks wait in order. Owns threads and queues; what a task means is the search's.
import type { Worker } from 'node:worker_threads';
import type { FitResult, FitTask, FromWorker, ProblemMessage } from './messages.ts';
import { startWorker } from './start-worker.ts';

/** Why a task has no result. */
export class TaskError extends Error {
  override readonly name = 'TaskError';
  /** Whether the task was called off, rather than gone wrong. */
  readonly wasStopped: boolean;

  constructor(message: string, wasStopped = false) {
    super(message);
    this.wasStopped = wasStopped;
  }
}

interface Job {
  readonly task: FitTask;
  readonly resolve: (result: FitResult) => void;
  readonly reject: (error: TaskError) => void;
}

interface Slot {
  readonly index: number;
  worker: Worker;
  isReady: boolean;
  /** Deaths before it was ready, one after the other. */
  stillborn: number;
  job: Job | null;
}

const mostStillborn = 3;

export class WorkerPool {
  /** One flag a worker: the id of the task that is asked to end. */
  readonly stopFlags: Int32Array;
  readonly #slots: Slot[];
  readonly #queue: Job[] = [];
  readonly #roomWaiters: (() => void)[] = [];
  #problem: ProblemMessage | null = null;
  #isClosed = false;

  /** Starts the workers, which load while the problem is being made. */
  constructor(size: number) {
    this.stopFlags = new Int32Array(new SharedArrayBuffer(4 * size)).fill(-1);
    this.#slots = Array.from({ length: size }, (_, index) => this.#started(index));
  }

  get size(): number {
    return this.#slots.length;
  }

  /** Resolves once no task waits: a further one keeps the workers busy. */
  hasRoom(): Promise<void> {
    if (this.#queue.length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#roomWaiters.push(resolve));
  }

  /** The threads, for tests that end one. */
  get workers(): readonly Worker[] {
    return this.#slots.map(({ worker }) => worker);
  }

  setProblem(problem: ProblemMessage): void {
    this.#problem = problem;
    for (const { worker } of this.#slots) worker.postMessage(problem);
    this.#assign();
  }

  /** @throws TaskError when the fit fails, its worker dies, or it is called off. */
  run(task: FitTask): Promise<FitResult> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ task, resolve, reject });
      this.#assign();
    });
  }

  /** Asks a running task to end with what it has; one that waits is called off. */
  stop(id: number): void {
    const at = this.#queue.findIndex(({ task }) => task.id === id);
    if (at >= 0) {
      const [job] = this.#queue.splice(at, 1);
      job.reject(new TaskError('called off before it began', true));
      this.#assign();
      return;
    }
    const slot = this.#slots.find(({ job }) => job?.task.id === id);
    if (slot !== undefined) Atomics.store(this.stopFlags, slot.index, id);
  }

  /** Ends a running task's worker where asking did not help; another takes its place. */
  kill(id: number): void {
    const slot = this.#slots.find(({ job }) => job?.task.id === id);
    if (slot === undefined) return;
    // Nothing more for this worker: its exit is yet to come, and brings another.
    slot.isReady = false;
    this.#fail(slot, new TaskError('took too long, and its worker was ended', true));
    void slot.worker.terminate();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { reject } of this.#queue.splice(0)) reject(new TaskError('the search ended', true));
    this.#assign();
    for (const slot of this.#slots) this.#fail(slot, new TaskError('the search ended', true));
    await Promise.all(this.#slots.map(({ worker }) => worker.terminate()));
  }

  #started(index: number): Slot {
    const slot: Slot = {
      index,
      worker: startWorker(),
      isReady: false,
      stillborn: 0,
      job: null,
    };
    this.#listen(slot);
    return slot;
  }

  #listen(slot: Slot): void {
    const { worker } = slot;
    let reason = 'its worker ended';
    worker.on('message', (message: FromWorker) => this.#receive(slot, message));
    worker.on('error', (error) => {
      reason = `its worker died: ${error instanceof Error ? error.message : String(error)}`;
    });
    worker.on('exit', () => {
      if (slot.worker === worker) this.#replace(slot, reason);
    });
  }

  #receive(slot: Slot, message: FromWorker): void {
    if (message.kind === 'ready') {
      slot.isReady = true;
      slot.stillborn = 0;
    } else if (slot.job?.task.id === message.id) {
      const { job } = slot;
      slot.job = null;
      if (message.kind === 'fitted') job.resolve(message);
      else job.reject(new TaskError(message.message));
    }
    this.#assign();
  }

  #replace(slot: Slot, reason: string): void {
    this.#fail(slot, new TaskError(reason));
    slot.stillborn = slot.isReady ? 0 : slot.stillborn + 1;
    slot.isReady = false;
    if (this.#isClosed) return;
    if (slot.stillborn >= mostStillborn) {
      for (const job of this.#queue.splice(0)) job.reject(new TaskError(reason));
      this.#assign();
      return;
    }
    slot.worker = startWorker();
    this.#listen(slot);
    if (this.#problem !== null) slot.worker.postMessage(this.#problem);
    this.#assign();
  }

  #fail(slot: Slot, error: TaskError): void {
    const { job } = slot;
    slot.job = null;
    job?.reject(error);
  }

  #assign(): void {
    this.#assignJobs();
    if (this.#queue.length > 0) return;
    for (const resolve of this.#roomWaiters.splice(0)) resolve();
  }

  #assignJobs(): void {
    if (this.#problem === null || this.#isClosed) return;
    for (const slot of this.#slots) {
      if (slot.job !== null || !slot.isReady) continue;
      const job = this.#queue.shift();
      if (job === undefined) return;
      slot.job = job;
      Atomics.store(this.stopFlags, slot.index, -1);
      slot.worker.postMessage(job.task);
    }
  }
}
