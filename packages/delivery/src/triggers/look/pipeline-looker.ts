// One look at the repositories of a pipeline: what was pushed, which pull requests have changed, and
// which times have come. What it finds it writes down; others carry that out.
import type { DeliveryPipeline, RepositoryPlace } from '../../builds/delivery-pipeline.ts';
import { type Findings, isNothing } from '../store/put-findings.ts';
import type { TriggerStores } from '../store/trigger-stores.ts';
import type { TriggerClock } from '../trigger-clock.ts';
import type { TriggerHost } from '../trigger-host.ts';
import { firstSight } from './first-sight.ts';
import { lookAtOthers } from './look-at-others.ts';
import { lookForPullRequests } from './look-for-pull-requests.ts';
import { lookForPushes } from './look-for-pushes.ts';
import { lookForTimes } from './look-for-times.ts';
import { ownRepository } from './own-repository.ts';
import { standingProblem } from './standing-problem.ts';
import { TriggerReader } from './trigger-reader.ts';
import type { Watched } from './watched.ts';

/** So many builds of a schedule are looked at for its last good one. */
const buildsOfSchedule = 20;

export class PipelineLooker {
  readonly #stores: TriggerStores;
  readonly #host: TriggerHost;
  readonly #clock: TriggerClock;
  readonly #reader = new TriggerReader();

  constructor(stores: TriggerStores, host: TriggerHost, clock: TriggerClock) {
    this.#stores = stores;
    this.#host = host;
    this.#clock = clock;
  }

  /** `isDue`: whether it is time to ask one of its other repositories again. */
  async look(
    pipeline: DeliveryPipeline,
    isDue: (place: RepositoryPlace) => boolean,
  ): Promise<void> {
    const id = Number(pipeline.id);
    const { watches } = this.#stores;
    const watched = await this.watched(pipeline);
    const watch = await watches.find(id);
    const begins = watch === null || watch.repository !== pipeline.repository.location;
    if (begins) await watches.begin(id, await firstSight(watched), watched.now);
    const findings = await this.#find(id, watched, isDue);
    if (!isNothing(findings)) await watches.note(id, findings, watched.now);
    const told = begins ? null : watch.error_message;
    const problem = await standingProblem(watched);
    if ((problem?.message ?? null) !== told) await watches.noteError(id, problem, watched.now);
  }

  async watched(pipeline: DeliveryPipeline): Promise<Watched> {
    const view = this.#host.repository(pipeline.repository);
    const { location } = pipeline.repository;
    return {
      pipeline,
      view,
      ...(await view.refs()),
      triggersAt: (commit) => this.#reader.at(view, location, commit, pipeline.yamlPath),
      isRunning: (eventId) => this.#isRunning(eventId),
      now: this.#clock.now(),
    };
  }

  async #find(
    id: number,
    watched: Watched,
    isDue: (place: RepositoryPlace) => boolean,
  ): Promise<Findings> {
    const { watches, pulls } = this.#stores;
    const heads = await watches.heads(id);
    const batches = await watches.batches(id);
    const own = { heads: ownOf(heads), batches: ownOf(batches) };
    const pushes = await lookForPushes(ownRepository(watched), own);
    const requests = await lookForPullRequests(watched, await pulls.of(id));
    const others = await lookAtOthers(
      watched,
      { heads, batches, others: await watches.others(id) },
      (place) => this.#host.repository(place),
      isDue,
    );
    const times = await lookForTimes(watched, {
      lookedAt: await watches.schedules(id),
      buildsOf: (source) => this.#buildsOf(id, source),
    });
    return {
      happenings: [pushes, requests, others, times].flatMap(({ happenings }) => happenings),
      heads: new Map([...pushes.heads, ...others.heads]),
      batches: new Map([...pushes.batches, ...others.batches]),
      schedules: times.schedules,
      pulls: requests.pulls,
      others: others.others,
    };
  }

  async #isRunning(eventId: string): Promise<boolean> {
    const event = await this.#stores.events.find(eventId);
    if (event === null || event.status !== 'Queued') return event?.status === 'Pending';
    const build = event.build_id === null ? null : await this.#host.build(String(event.build_id));
    return build !== null && build.status !== 'completed';
  }

  async #buildsOf(pipelineId: number, source: string) {
    const events = await this.#stores.events.of(pipelineId, buildsOfSchedule, source);
    const ids = events.flatMap(({ build_id }) => (build_id === null ? [] : [String(build_id)]));
    const builds = await Promise.all(ids.map((id) => this.#host.build(id)));
    return builds.filter((build) => build !== null);
  }
}

/** Without those of other repositories, whose keys have a colon. */
function ownOf<T>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return new Map([...map].filter(([key]) => !key.includes(':')));
}
