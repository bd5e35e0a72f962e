// Exclusive locks: one stage of one build has a lock at a time. With `runLatest` those that wait
// give way to a later build; with `sequential` they take turns.
import type { LockAnswer } from '@ridgeline/azure-pipelines';

export interface LockClaim {
  readonly buildId: number;
  readonly stage: string;
  readonly behavior: 'runLatest' | 'sequential';
}

interface Waiter {
  readonly claim: LockClaim;
  readonly answer: (answer: LockAnswer) => void;
}

interface Lock {
  holder: LockClaim | null;
  readonly waiting: Waiter[];
}

export class StageLocks {
  readonly #locks = new Map<string, Lock>();

  /** Takes all of them, one after the other in the order of their names: nobody waits in a circle. */
  async take(names: readonly string[], claim: LockClaim, signal: AbortSignal): Promise<LockAnswer> {
    for (const name of names.map((one) => one.toLowerCase()).toSorted()) {
      const answer = await this.#takeOne(name, claim, signal);
      if (answer === 'held') continue;
      this.release(claim);
      return answer;
    }
    return 'held';
  }

  /** After a restart: what a stage that runs has held before. */
  hold(names: readonly string[], claim: LockClaim): void {
    for (const name of names) this.#lockOf(name.toLowerCase()).holder = claim;
  }

  release({ buildId, stage }: Pick<LockClaim, 'buildId' | 'stage'>): void {
    for (const lock of this.#locks.values()) {
      const { holder } = lock;
      if (holder?.buildId !== buildId || holder.stage !== stage) continue;
      const next = lock.waiting.shift();
      lock.holder = next?.claim ?? null;
      next?.answer('held');
    }
  }

  async #takeOne(name: string, claim: LockClaim, signal: AbortSignal): Promise<LockAnswer> {
    if (signal.aborted) return 'aborted';
    const lock = this.#lockOf(name);
    if (lock.holder === null) {
      lock.holder = claim;
      return 'held';
    }
    makeWay(lock, claim);
    const { promise, resolve } = Promise.withResolvers<LockAnswer>();
    const waiter = { claim, answer: resolve };
    lock.waiting.push(waiter);
    const leave = () => drop(lock, waiter, 'aborted');
    signal.addEventListener('abort', leave, { once: true });
    return promise.finally(() => signal.removeEventListener('abort', leave));
  }

  #lockOf(name: string): Lock {
    const lock = this.#locks.get(name) ?? { holder: null, waiting: [] };
    this.#locks.set(name, lock);
    return lock;
  }
}

function makeWay(lock: Lock, { buildId }: LockClaim): void {
  const older = lock.waiting.filter(
    ({ claim }) => claim.behavior === 'runLatest' && claim.buildId < buildId,
  );
  for (const waiter of older) drop(lock, waiter, 'superseded');
}

function drop(lock: Lock, waiter: Waiter, answer: LockAnswer): void {
  const place = lock.waiting.indexOf(waiter);
  if (place < 0) return;
  lock.waiting.splice(place, 1);
  waiter.answer(answer);
}
