// The face of the triggers: looks at the repositories of all pipelines again and again, at their
// schedules and at the builds that have ended, takes hooks, and queues what these start. What has
// happened is written down before it is acted on, so that it makes one build, through however many
// servers.
import type { Build } from '../builds/build.ts';
import type { DeliveryPipeline } from '../builds/delivery-pipeline.ts';
import type { DeliveryDatabase } from '../database/delivery-database.ts';
import { describeState, type TriggerState } from './describe-triggers.ts';
import { type HookAnswer, HookReceiver, type IncomingHook } from './hooks/hook-receiver.ts';
import { PipelineLooker } from './look/pipeline-looker.ts';
import { LookTimes } from './look-times.ts';
import { type TriggerStores, triggerStores } from './store/trigger-stores.ts';
import { systemTriggerClock, type TriggerClock } from './trigger-clock.ts';
import type { TriggerHost } from './trigger-host.ts';
import { lookIfDue, type RoundParts, watchRound } from './watch-rounds.ts';

export interface BuildTriggersOptions {
  readonly database: DeliveryDatabase;
  readonly host: TriggerHost;
  /** Default: this machine's. */
  readonly clock?: TriggerClock;
  /** From one look at a folder to the next, in ms; default 2,000. Addresses: 15 times as long. */
  readonly pollMs?: number;
  /** Gives the secret of a pipeline's hooks; null: it takes none. Default: none does. */
  readonly hookSecretOf?: (pipeline: DeliveryPipeline) => Promise<string | null>;
  /** Told of each build that has ended, before anything follows of it; perhaps more than once. */
  readonly onEnded?: (build: Build) => Promise<void>;
  /** Told of what is not a user's mistake; the name is empty where it is of no one pipeline. */
  readonly onInternalError: (pipeline: string, error: unknown) => void;
}

const defaultPollMs = 2_000;
/** Whoever makes a pipeline waits no longer for the first look at its repository. */
const maxFirstLookMs = 5_000;

export class BuildTriggers {
  readonly #stores: TriggerStores;
  readonly #parts: RoundParts;
  readonly #pollMs: number;
  readonly #hooks: HookReceiver;
  #cancelTimer: () => void = () => {};
  #tail: Promise<unknown> = Promise.resolve();
  #isAwake = false;
  #runs = false;

  constructor(options: BuildTriggersOptions) {
    const { database, host, clock = systemTriggerClock, pollMs = defaultPollMs } = options;
    const stores = triggerStores(database);
    const looker = new PipelineLooker(stores, host, clock);
    this.#stores = stores;
    this.#pollMs = pollMs;
    this.#parts = {
      stores,
      host,
      clock,
      looker,
      times: new LookTimes(pollMs),
      onEnded: options.onEnded ?? (async () => {}),
      report: options.onInternalError,
    };
    const secretOf = options.hookSecretOf ?? (async () => null);
    const hurry = (pipeline: DeliveryPipeline) => this.#hurry(pipeline);
    this.#hooks = new HookReceiver({ stores, host, looker, clock, secretOf, hurry });
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
    this.#parts.times.hurry();
    const turn = this.#tail.then(() => watchRound(this.#parts));
    this.#tail = turn.catch(() => {});
    await turn;
  }

  /**
   * Looks at a pipeline that is new or has changed, so that a push that comes next counts. Waits for
   * that, but not long: a server elsewhere may not answer.
   */
  async watch(pipeline: DeliveryPipeline): Promise<void> {
    if (!this.#runs || !pipeline.enabled) return;
    this.#parts.times.hurry(pipeline.id);
    const turn = this.#tail.then(() => lookIfDue(this.#parts, pipeline));
    this.#tail = turn.catch((error) => this.#parts.report(pipeline.name, error));
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#parts.clock.after(maxFirstLookMs, resolve);
    await Promise.race([this.#tail, promise]);
    cancel();
  }

  /**
   * What another system tells of a pipeline's repository, or for a webhook of its resources.
   * @throws DeliveryError HOOK_UNAUTHENTICATED, HOOK_INVALID, HOOK_NOT_FOUND
   */
  async receive(hook: IncomingHook): Promise<HookAnswer> {
    return this.#hooks.receive(hook);
  }

  async stateOf({ id }: DeliveryPipeline, limit: number): Promise<TriggerState> {
    const pipelineId = Number(id);
    const rows = await this.#stores.events.of(pipelineId, limit);
    return describeState(rows, await this.#stores.watches.find(pipelineId));
  }

  #hurry({ id }: DeliveryPipeline): void {
    this.#parts.times.hurry(id);
    this.#cancelTimer();
    this.#wake();
  }

  /** Hooks that come while a round is still to begin wait for the same one. */
  #wake(): void {
    if (!this.#runs || this.#isAwake) return;
    this.#isAwake = true;
    this.#tail = this.#tail
      .then(() => {
        this.#isAwake = false;
        return watchRound(this.#parts);
      })
      .catch((error) => this.#parts.report('', error))
      .finally(() => this.#sleep());
  }

  #sleep(): void {
    this.#cancelTimer();
    if (!this.#runs || this.#isAwake) return;
    this.#cancelTimer = this.#parts.clock.after(this.#pollMs, () => this.#wake());
  }
}
