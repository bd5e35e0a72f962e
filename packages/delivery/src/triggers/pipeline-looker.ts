// One look at the repository of a pipeline: what was pushed, and which times have come. What it finds
// it writes down; others carry that out.
import type { DeliveryPipeline } from '../builds/delivery-pipeline.ts';
import { lookForPushes } from './look-for-pushes.ts';
import { lookForTimes } from './look-for-times.ts';
import type { TriggerClock } from './trigger-clock.ts';
import type { TriggerHost } from './trigger-host.ts';
import { TriggerReader } from './trigger-reader.ts';
import type { TriggerStore } from './trigger-store.ts';
import type { Watched } from './watched.ts';

/** So many builds of a schedule are looked at for its last good one. */
const buildsOfSchedule = 20;

export class PipelineLooker {
  readonly #store: TriggerStore;
  readonly #host: TriggerHost;
  readonly #clock: TriggerClock;
  readonly #reader = new TriggerReader();

  constructor(store: TriggerStore, host: TriggerHost, clock: TriggerClock) {
    this.#store = store;
    this.#host = host;
    this.#clock = clock;
  }

  async look(pipeline: DeliveryPipeline): Promise<void> {
    const id = Number(pipeline.id);
    const { location } = pipeline.repository;
    const watched = await this.watched(pipeline);
    const watch = await this.#store.watchOf(id);
    if (watch === null || watch.repository !== location) {
      await this.#store.watch(id, location, watched.heads, watched.now);
    }
    await this.#noteFindings(id, watched);
    if (watch !== null && watch.error_code !== null) {
      await this.#store.noteError(id, null, watched.now);
    }
  }

  async watched(pipeline: DeliveryPipeline): Promise<Watched> {
    const view = this.#host.repository(pipeline);
    const { location } = pipeline.repository;
    return {
      pipeline,
      view,
      heads: await view.heads(),
      triggersAt: (commit) => this.#reader.at(view, location, commit, pipeline.yamlPath),
      isRunning: (eventId) => this.#isRunning(eventId),
      now: this.#clock.now(),
    };
  }

  async #noteFindings(id: number, watched: Watched): Promise<void> {
    const pushes = await lookForPushes(watched, {
      heads: await this.#store.headsOf(id),
      batches: await this.#store.batchesOf(id),
    });
    const times = await lookForTimes(watched, {
      lookedAt: await this.#store.schedulesOf(id),
      buildsOf: (source) => this.#buildsOf(id, source),
    });
    const happenings = [...pushes.happenings, ...times.happenings];
    const { heads, batches } = pushes;
    const { schedules } = times;
    if (happenings.length + heads.size + batches.size + schedules.size === 0) return;
    await this.#store.note(id, { happenings, heads, batches, schedules }, watched.now);
  }

  async #isRunning(eventId: string): Promise<boolean> {
    const event = await this.#store.find(eventId);
    if (event === null || event.status !== 'Queued') return event?.status === 'Pending';
    const build = event.build_id === null ? null : await this.#host.build(String(event.build_id));
    return build !== null && build.status !== 'completed';
  }

  async #buildsOf(pipelineId: number, source: string) {
    const events = await this.#store.events(pipelineId, buildsOfSchedule, source);
    const ids = events.flatMap(({ build_id }) => (build_id === null ? [] : [String(build_id)]));
    const builds = await Promise.all(ids.map((id) => this.#host.build(id)));
    return builds.filter((build) => build !== null);
  }
}
