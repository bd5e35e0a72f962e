// The adapter of the port ThreadTeam to Node's worker threads.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { TeamSession, ThreadTeam } from '../estimator/thread-team.ts';
import type { KernelModule, LinearMemory } from '../kernels/web-assembly.ts';
import { kernelFunctions } from './kernel-functions.ts';
import { TeamControl } from './team-control.ts';
import type { SessionMessage } from './team-worker.ts';

const largestTeam = 256;

/** A team that can be sent home. */
export interface ClosableThreadTeam extends ThreadTeam {
  close(): Promise<void>;
}

/**
 * Starts `size - 1` threads beside the caller's own; they keep no process alive.
 * @param size number of threads, 1 to 256; more than there are cores makes fits slower.
 */
export async function createThreadTeam(size: number): Promise<ClosableThreadTeam> {
  if (!Number.isInteger(size) || size < 1 || size > largestTeam) {
    throw new RangeError(`a team has 1 to ${largestTeam} threads, and not ${size}`);
  }
  const control = new TeamControl(size);
  const workers = Array.from({ length: size - 1 }, (_, i) => startWorker(control, i + 1, size));
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  for (const worker of workers) worker.unref();
  return new WorkerTeam(size, control, workers);
}

function startWorker({ buffer }: TeamControl, thread: number, size: number): Worker {
  const file = new URL('./team-worker.ts', import.meta.url);
  return new Worker(file, { workerData: { thread, size, buffer } });
}

class WorkerTeam implements ClosableThreadTeam {
  readonly size: number;
  readonly #control: TeamControl;
  readonly #workers: readonly Worker[];
  #isOpen = false;

  constructor(size: number, control: TeamControl, workers: readonly Worker[]) {
    this.size = size;
    this.#control = control;
    this.#workers = workers;
  }

  open(module: KernelModule, memory: LinearMemory): TeamSession {
    if (this.#isOpen) throw new Error('the team has a session already; close it first');
    this.#isOpen = true;
    const message: SessionMessage = { module, memory, round: this.#control.currentRound };
    for (const worker of this.#workers) worker.postMessage(message);
    const { names, functions } = kernelFunctions(module, memory);
    return {
      run: (kernel, lists) => {
        const index = names.indexOf(kernel);
        this.#control.start(index, lists);
        try {
          this.#control.setResult(0, functions[index](...lists[0]) ?? 0);
        } finally {
          this.#control.join(this.#workers.length);
        }
        return this.#control.results(lists.length);
      },
      close: () => {
        if (!this.#isOpen) return;
        this.#isOpen = false;
        this.#control.startClosing();
        this.#control.join(this.#workers.length);
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }
}
