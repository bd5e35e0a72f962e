// The slots of one compute, and who waits for them: the highest priority first; among those of one
// priority the jobs take turns; the steps of one job go in the order they came.
import { type StepPriority, stepPriorities } from '../job/job.ts';

export interface Ticket {
  readonly jobId: string;
  readonly priority: StepPriority;
}

/** Gives the slot back; doing so again does nothing. */
export type Release = () => void;

interface Waiting extends Ticket {
  readonly take: () => void;
}

/** By job, in the order of their turns; a job that nobody waits for is not there. */
type Turns = Map<string, Set<Waiting>>;

const highestFirst = [...stepPriorities].reverse();

export class ComputeQueue {
  readonly #turns = new Map<StepPriority, Turns>(highestFirst.map((name) => [name, new Map()]));
  #slots: number;
  #taken = 0;
  #waiting = 0;

  constructor(slots: number) {
    this.#slots = slots;
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting;
  }

  /** Steps that run stay where there are fewer slots than before. */
  resize(slots: number): void {
    this.#slots = slots;
    this.#serve();
  }

  /**
   * Waits for a slot.
   * @throws the signal's reason when it is aborted before a slot is free.
   */
  async acquire(ticket: Ticket, signal: AbortSignal): Promise<Release> {
    signal.throwIfAborted();
    if (!this.isFull) this.#taken += 1;
    else await this.#waitForTurn(ticket, signal);
    return this.#releaseOnce();
  }

  /** Whether whoever comes now has to wait. */
  get isFull(): boolean {
    return this.#taken >= this.#slots || this.#waiting > 0;
  }

  /** Takes a slot for a step that runs already, even where none is free. */
  occupy(): Release {
    this.#taken += 1;
    return this.#releaseOnce();
  }

  #waitForTurn(ticket: Ticket, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#remove(waiting);
        reject(signal.reason);
      };
      const take = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const waiting = { ...ticket, take };
      this.#add(waiting);
      signal.addEventListener('abort', leave, { once: true });
    });
  }

  #add(waiting: Waiting): void {
    const turns = this.#turnsOf(waiting);
    const ofJob = turns.get(waiting.jobId) ?? new Set();
    turns.set(waiting.jobId, ofJob.add(waiting));
    this.#waiting += 1;
  }

  #remove(waiting: Waiting): void {
    const turns = this.#turnsOf(waiting);
    const ofJob = turns.get(waiting.jobId);
    if (!ofJob?.delete(waiting)) return;
    if (ofJob.size === 0) turns.delete(waiting.jobId);
    this.#waiting -= 1;
  }

  #releaseOnce(): Release {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#taken -= 1;
      this.#serve();
    };
  }

  // A freed slot is handed on at once, so that nobody who comes later overtakes.
  #serve(): void {
    while (this.#taken < this.#slots) {
      const next = this.#next();
      if (next === null) return;
      this.#remove(next);
      this.#endTurn(next);
      this.#taken += 1;
      next.take();
    }
  }

  #next(): Waiting | null {
    for (const priority of highestFirst) {
      const [ofJob] = this.#turns.get(priority)?.values() ?? [];
      const [first] = ofJob ?? [];
      if (first !== undefined) return first;
    }
    return null;
  }

  /** The job goes to the end of the row. */
  #endTurn(served: Waiting): void {
    const turns = this.#turnsOf(served);
    const left = turns.get(served.jobId);
    turns.delete(served.jobId);
    if (left !== undefined) turns.set(served.jobId, left);
  }

  #turnsOf({ priority }: Ticket): Turns {
    const turns = this.#turns.get(priority);
    if (turns === undefined) throw new Error(`there is no priority '${priority}'`);
    return turns;
  }
}
