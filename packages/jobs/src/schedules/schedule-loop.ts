// The loop of the schedules: wakes when the next of them has something to look at, writes down what
// has happened, and carries it out. One thing after another, so that nothing is looked at twice.
import { type CarryOutContext, carryOut } from './carry-out.ts';
import type { ScheduleDefinition } from './schedule.ts';
import type { ScheduleClock } from './schedule-clock.ts';
import { toScheduleError } from './schedule-error.ts';
import type { ScheduleRow } from './schedule-store.ts';
import type { WatchContext } from './triggers/watch.ts';
import type { BoundWatch, Watches } from './triggers/watches.ts';

export interface LoopContext extends CarryOutContext {
  readonly clock: ScheduleClock;
  readonly watches: Watches;
}

interface Armed {
  readonly name: string;
  readonly watch: BoundWatch;
  readonly about: Omit<WatchContext, 'now'>;
  cursor: string;
  wakeAt: number | null;
}

/** Also how soon what has failed is tried again, and how soon a clock that was set is noticed. */
const maxSleepMs = 60_000;
const maxAtOnce = 100;

export class ScheduleLoop {
  readonly #context: LoopContext;
  readonly #armed = new Map<string, Armed>();
  #cancelTimer: () => void = () => {};
  #tail: Promise<unknown> = Promise.resolve();
  #runs = false;

  constructor(context: LoopContext) {
    this.#context = context;
  }

  start(): void {
    this.#runs = true;
    this.wake();
  }

  /** Waits for what is under way. */
  async stop(): Promise<void> {
    this.#runs = false;
    this.#cancelTimer();
    await this.#tail;
  }

  /** Takes a schedule up, as it is now; a disabled one is let go. */
  arm(row: ScheduleRow): void {
    this.disarm(row.schedule_id);
    if (row.enabled === 0) return;
    const { trigger, catchUp }: ScheduleDefinition = JSON.parse(row.definition);
    const watch = this.#context.watches(trigger);
    const { name, cursor, schedule_id: scheduleId } = row;
    const wakeAt = watch.wakeAt(cursor, this.#context.clock.now());
    this.#armed.set(scheduleId, { name, watch, about: { scheduleId, catchUp }, cursor, wakeAt });
  }

  disarm(scheduleId: string): void {
    this.#armed.delete(scheduleId);
  }

  /** Runs when all that came before it is done. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#tail.then(work);
    this.#tail = turn.catch(() => {});
    return turn;
  }

  /** Looks at what is due, in its turn. */
  wake(): void {
    if (!this.#runs) return;
    this.inTurn(() => this.#round()).catch((error) => this.#context.report('', error));
  }

  async #round(): Promise<void> {
    this.#cancelTimer();
    try {
      for (const armed of [...this.#armed.values()]) await this.#lookIfDue(armed);
      await this.carryOutPending();
    } finally {
      this.#sleep();
    }
  }

  /** Everything that is written down and not carried out yet. To be called in turn. */
  async carryOutPending(): Promise<void> {
    for (let after = 0, isLast = false; !isLast; ) {
      const firings = await this.#context.store.pending(after, maxAtOnce);
      for (const firing of firings) await carryOut(this.#context, firing);
      // What could not be done now is left for the next round, and does not hold up the others.
      after = firings.at(-1)?.sequence ?? after;
      isLast = firings.length < maxAtOnce;
    }
  }

  async #lookIfDue(armed: Armed): Promise<void> {
    const { clock, store, report } = this.#context;
    const now = clock.now();
    if (!this.#runs || armed.wakeAt === null || armed.wakeAt > now) return;
    const { scheduleId } = armed.about;
    try {
      const { happenings, cursor } = await armed.watch.look(armed.cursor, { ...armed.about, now });
      if (happenings.length > 0) await store.note(scheduleId, happenings, cursor, now);
      armed.cursor = cursor;
      armed.wakeAt = armed.watch.wakeAt(cursor, now);
    } catch (error) {
      armed.wakeAt = now + maxSleepMs;
      await store.noteError(
        scheduleId,
        toScheduleError(error, (cause) => report(armed.name, cause)),
      );
    }
  }

  #sleep(): void {
    if (!this.#runs || this.#armed.size === 0) return;
    const now = this.#context.clock.now();
    const times = [...this.#armed.values()].map(({ wakeAt }) => wakeAt ?? Infinity);
    const wait = Math.min(maxSleepMs, Math.max(0, Math.min(...times) - now));
    this.#cancelTimer = this.#context.clock.after(wait, () => this.wake());
  }
}
