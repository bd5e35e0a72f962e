// Runs the engines while this server has the lease to do so. Of several servers of one workspace one
// has it; when that one dies or can no longer show that it has it, another takes over.
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineLease } from '@ridgeline/workspace';

/** All that does work of its own, and not for a request. */
export interface Engines {
  start(): Promise<void>;
  /** @param isLost true where another server may start the same work at any moment. */
  stop(isLost: boolean): Promise<void>;
}

export interface KeeperTiming {
  /** How often the lease is asked for, or shown to be held; default 2,000. */
  readonly checkMs: number;
  /** How long the engines go on while nobody can tell who has the lease; default 8,000. */
  readonly patienceMs: number;
  /**
   * How long whoever takes the lease over leaves it unused, so that the holder before, if it is
   * alive, has noticed; longer than all that its noticing may take; default 20,000.
   */
  readonly settleMs: number;
}

export interface EngineKeeperOptions {
  readonly lease: EngineLease;
  readonly engines: Engines;
  readonly report: (error: unknown) => void;
  readonly timing?: Partial<KeeperTiming> | undefined;
}

const defaultTiming: KeeperTiming = { checkMs: 2_000, patienceMs: 8_000, settleMs: 20_000 };

export class EngineKeeper {
  readonly #lease: EngineLease;
  readonly #engines: Engines;
  readonly #report: (error: unknown) => void;
  readonly #timing: KeeperTiming;
  readonly #ending = new AbortController();
  readonly #lost = Promise.withResolvers<void>();
  #work: Promise<void> = Promise.resolve();
  #mayBeRunning = false;
  #isRunning = false;

  constructor({ lease, engines, report, timing }: EngineKeeperOptions) {
    this.#lease = lease;
    this.#engines = engines;
    this.#report = report;
    this.#timing = { ...defaultTiming, ...timing };
  }

  /** Not yet while they start: what is asked of them then would be done twice. */
  get isRunning(): boolean {
    return this.#isRunning;
  }

  /**
   * Resolves when the engines had to be stopped and the database answers again. Engines start once:
   * whoever wants them again starts the server again.
   */
  get lost(): Promise<void> {
    return this.#lost.promise;
  }

  /** Starts the engines if no other server runs them; else waits for that one's end, unawaited. */
  async start(): Promise<void> {
    const isFirst = await this.#lease.take();
    if (isFirst) await this.#startEngines();
    this.#work = this.#keep(isFirst);
  }

  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#work;
    await this.#stopEngines(false);
    await this.#lease.release();
  }

  async #keep(isFirst: boolean): Promise<void> {
    try {
      if (!isFirst) await this.#takeOver();
      await this.#untilLost();
      await this.#stopEngines(true);
      await this.#untilAnswered();
      this.#lost.resolve();
    } catch (error) {
      if (!this.#ending.signal.aborted) this.#report(error);
    }
  }

  async #takeOver(): Promise<void> {
    for (;;) {
      while ((await this.#ask()) !== true) await this.#pause(this.#timing.checkMs);
      await this.#pause(this.#timing.settleMs);
      // It may have been lost again in the meantime.
      if ((await this.#ask()) === true) return this.#startEngines();
    }
  }

  async #untilLost(): Promise<void> {
    let shownAt = performance.now();
    for (;;) {
      await this.#pause(this.#timing.checkMs);
      const isHeld = await this.#ask();
      if (isHeld === false) return;
      if (isHeld) shownAt = performance.now();
      else if (performance.now() - shownAt > this.#timing.patienceMs) return;
    }
  }

  async #untilAnswered(): Promise<void> {
    while ((await this.#ask()) === null) await this.#pause(this.#timing.checkMs);
    await this.#lease.release();
  }

  /** Null where nobody can tell. */
  async #ask(): Promise<boolean | null> {
    return this.#lease.take().catch(() => null);
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#ending.signal });
  }

  async #startEngines(): Promise<void> {
    this.#mayBeRunning = true;
    await this.#engines.start();
    this.#isRunning = true;
  }

  async #stopEngines(isLost: boolean): Promise<void> {
    this.#isRunning = false;
    if (!this.#mayBeRunning) return;
    this.#mayBeRunning = false;
    await this.#engines.stop(isLost);
  }
}
