// The face of the triggers: looks at the repositories of all pipelines again and again, at their
// schedules and at the builds that have ended, and queues what these start. What has happened is
// written down before it is acted on, so that it makes one build, through however many servers.
import type { Build } from '../builds/build.ts';
import type { DeliveryPipeline } from '../builds/delivery-pipeline.ts';
import type { DeliveryDatabase } from '../database/delivery-database.ts';
import { carryOut, toTriggerError } from './carry-out.ts';
import { describeState, type TriggerState } from './describe-triggers.ts';
import { lookAtEnd } from './look-at-end.ts';
import { PipelineLooker } from './pipeline-looker.ts';
import { systemTriggerClock, type TriggerClock } from './trigger-clock.ts';
import type { Happening } from './trigger-event.ts';
import type { TriggerHost } from './trigger-host.ts';
import { TriggerStore } from './trigger-store.ts';

export interface BuildTriggersOptions {
  readonly database: DeliveryDatabase;
  readonly host: TriggerHost;
  /** Default: this machine's. */
  readonly clock?: TriggerClock;
  /** From one look at a folder to the next, in ms; default 2,000. Addresses: 15 times as long. */
  readonly pollMs?: number;
  /** Told of each build that has ended, before anything follows of it; perhaps more than once. */
  readonly onEnded?: (build: Build) => Promise<void>;
  /** Told of what is not a user's mistake; the name is empty where it is of no one pipeline. */
  readonly onInternalError: (pipeline: string, error: unknown) => void;
}

const defaultPollMs = 2_000;
const pollsOfAddress = 15;

export class BuildTriggers {
  readonly #store: TriggerStore;
  readonly #host: TriggerHost;
  readonly #clock: TriggerClock;
  readonly #pollMs: number;
  readonly #report: BuildTriggersOptions['onInternalError'];
  readonly #onEnded: (build: Build) => Promise<void>;
  readonly #looker: PipelineLooker;
  readonly #lookAt = new Map<string, number>();
  #cancelTimer: () => void = () => {};
  #tail: Promise<unknown> = Promise.resolve();
  #runs = false;
  #isFirstRound = true;

  constructor(options: BuildTriggersOptions) {
    const { database, host, clock = systemTriggerClock, pollMs = defaultPollMs } = options;
    this.#store = new TriggerStore(database);
    this.#host = host;
    this.#clock = clock;
    this.#pollMs = pollMs;
    this.#looker = new PipelineLooker(this.#store, host, clock);
    this.#report = options.onInternalError;
    this.#onEnded = options.onEnded ?? (async () => {});
  }

  /** Carries out what an earlier server has written down, and begins to watch. Once builds run. */
  start(): void {
    this.#runs = true;
    this.#wake();
  }

  /** Waits for a look that is under way. To be called before builds stop. */
  async stop(): Promise<void> {
    this.#runs = false;
    this.#cancelTimer();
    await this.#tail;
  }

  /** Looks at everything now, and waits until that is done. */
  async look(): Promise<void> {
    this.#lookAt.clear();
    const turn = this.#tail.then(() => this.#round());
    this.#tail = turn.catch(() => {});
    await turn;
  }

  async stateOf({ id }: DeliveryPipeline, limit: number): Promise<TriggerState> {
    const pipelineId = Number(id);
    const rows = await this.#store.events(pipelineId, limit);
    return describeState(rows, await this.#store.watchOf(pipelineId));
  }

  #wake(): void {
    if (!this.#runs) return;
    this.#tail = this.#tail
      .then(() => this.#round())
      .catch((error) => this.#report('', error))
      .finally(() => this.#sleep());
  }

  #sleep(): void {
    if (this.#runs) this.#cancelTimer = this.#clock.after(this.#pollMs, () => this.#wake());
  }

  async #round(): Promise<void> {
    const all = await this.#host.pipelines();
    const enabled = all.filter((pipeline) => pipeline.enabled);
    const ids = new Set(enabled.map(({ id }) => Number(id)));
    for (const id of await this.#store.watchedIds()) {
      if (!ids.has(id)) await this.#store.unwatch(id);
    }
    for (const pipeline of enabled) await this.#lookIfDue(pipeline);
    await this.#lookAtEnds(enabled, all);
    await this.#carryOutPending(all);
    this.#isFirstRound = false;
  }

  async #lookIfDue(pipeline: DeliveryPipeline): Promise<void> {
    const now = this.#clock.now();
    if ((this.#lookAt.get(pipeline.id) ?? 0) > now) return;
    const isFolder = pipeline.repository.location.startsWith('/');
    this.#lookAt.set(pipeline.id, now + this.#pollMs * (isFolder ? 1 : pollsOfAddress));
    try {
      await this.#looker.look(pipeline);
    } catch (error) {
      // What fails is left alone for a while: a server may be away, a folder unplugged.
      this.#lookAt.set(pipeline.id, now + this.#pollMs * pollsOfAddress);
      const told = toTriggerError(error, (cause) => this.#report(pipeline.name, cause));
      await this.#store.noteError(Number(pipeline.id), told, this.#clock.now());
    }
  }

  async #lookAtEnds(
    enabled: readonly DeliveryPipeline[],
    all: readonly DeliveryPipeline[],
  ): Promise<void> {
    const cursor = await this.#store.completionCursor();
    const { ids, sequence } =
      cursor === null
        ? { ids: [], sequence: await this.#host.lastSequence() }
        : await this.#host.endedSince(cursor);
    if (sequence === cursor) return;
    const happenings = new Map<number, Happening[]>();
    for (const id of ids) {
      const ended = await this.#host.build(id);
      if (ended === null) continue;
      await this.#onEnded(ended);
      const from = all.find((each) => each.id === ended.pipelineId);
      for (const pipeline of enabled) {
        const found = await this.#happeningsAtEnd(pipeline, ended, from);
        const id = Number(pipeline.id);
        happenings.set(id, [...(happenings.get(id) ?? []), ...found]);
      }
    }
    await this.#store.noteCompletions(happenings, sequence, this.#clock.now());
  }

  /** A repository that cannot be read now must not keep the others from what they wait for. */
  async #happeningsAtEnd(
    pipeline: DeliveryPipeline,
    ended: Build,
    from: DeliveryPipeline | undefined,
  ): Promise<readonly Happening[]> {
    try {
      return await lookAtEnd(await this.#looker.watched(pipeline), ended, from);
    } catch (error) {
      const told = toTriggerError(error, (cause) => this.#report(pipeline.name, cause));
      await this.#store.noteError(Number(pipeline.id), told, this.#clock.now());
      return [];
    }
  }

  async #carryOutPending(all: readonly DeliveryPipeline[]): Promise<void> {
    for (const event of await this.#store.pending()) {
      const pipeline = all.find(({ id }) => Number(id) === event.pipeline_id);
      const report = (error: unknown) => this.#report(pipeline?.name ?? '', error);
      const context = { store: this.#store, host: this.#host, report };
      await carryOut(context, event, pipeline, this.#isFirstRound);
    }
  }
}
