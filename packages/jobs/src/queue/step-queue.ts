// Where steps wait for the slots of their computes. How many slots a compute has may change while
// steps wait for it; it is asked for anew as long as any does.
import { type Compute, localComputeName, type Workspace } from '@ridgeline/workspace';
import { ComputeQueue, type Release, type Ticket } from './compute-queue.ts';
import { findCompute } from './computes.ts';

export interface StepTicket extends Ticket {
  readonly stepName: string;
  readonly compute: string;
}

export interface Slot {
  readonly compute: Compute;
  readonly release: Release;
}

export interface StepQueueOptions {
  readonly workspace: Workspace;
  /** In place of what the workspace says of the local compute. */
  readonly localSlots: number | null;
  /** How often the slots of computes that steps wait for are asked for anew. */
  readonly refreshMs?: number;
}

export class StepQueue {
  readonly #workspace: Workspace;
  readonly #localSlots: number | null;
  readonly #refreshMs: number;
  readonly #queues = new Map<string, ComputeQueue>();
  #timer: NodeJS.Timeout | null = null;

  constructor({ workspace, localSlots, refreshMs = 1_000 }: StepQueueOptions) {
    this.#workspace = workspace;
    this.#localSlots = localSlots;
    this.#refreshMs = refreshMs;
  }

  /**
   * Waits for a slot of the step's compute.
   * @param onWait called where none is free.
   * @throws the signal's reason when it is aborted before
   * @throws JobError COMPUTE_NOT_FOUND where it was deleted meanwhile
   */
  async acquire(
    ticket: StepTicket,
    signal: AbortSignal,
    onWait: () => Promise<void>,
  ): Promise<Slot> {
    const compute = await this.#compute(ticket);
    const queue = this.#queueOf(compute);
    if (!queue.isFull) return { compute, release: await queue.acquire(ticket, signal) };
    // In its place before anything is awaited.
    const turn = queue.acquire(ticket, signal);
    this.#keepRefreshing();
    const [waited, noted] = await Promise.allSettled([turn, onWait()]);
    if (waited.status === 'rejected') throw waited.reason;
    try {
      if (noted.status === 'rejected') throw noted.reason;
      // It may have been changed, or deleted, in the meantime.
      return { compute: await this.#compute(ticket), release: waited.value };
    } catch (error) {
      waited.value();
      throw error;
    }
  }

  /** Takes a slot for a step that an earlier server has started. */
  occupy(compute: string): Release {
    return this.#named(compute).occupy();
  }

  async #compute({ compute: name, stepName }: StepTicket): Promise<Compute> {
    const compute = await findCompute(this.#workspace, name, `step '${stepName}'`);
    const isLocal = compute.name === localComputeName;
    return isLocal && this.#localSlots !== null
      ? { ...compute, maxInstances: this.#localSlots }
      : compute;
  }

  #queueOf({ name, maxInstances }: Compute): ComputeQueue {
    const queue = this.#named(name);
    queue.resize(maxInstances);
    return queue;
  }

  #named(compute: string): ComputeQueue {
    const key = keyOf(compute);
    const queue = this.#queues.get(key) ?? new ComputeQueue(0);
    this.#queues.set(key, queue);
    return queue;
  }

  #keepRefreshing(): void {
    this.#timer ??= setTimeout(() => void this.#refresh(), this.#refreshMs).unref();
  }

  async #refresh(): Promise<void> {
    // What cannot be read now is as it was, and is read again soon.
    const computes = await this.#workspace.computes.list().catch(() => null);
    this.#timer = null;
    for (const [name, queue] of this.#queues) {
      if (queue.length === 0) continue;
      this.#keepRefreshing();
      if (computes === null || name === localComputeName) continue;
      const compute = computes.find((each) => keyOf(each.name) === name);
      // Whoever waits for one that was deleted gets its turn, and is told.
      queue.resize(compute?.maxInstances ?? Number.POSITIVE_INFINITY);
    }
  }
}

/** The names of computes are the same in any case. */
function keyOf(compute: string): string {
  return compute.toLowerCase();
}
