// The face of schedules: made, read, switched and fired here. What they promise: what has happened
// is written down before it is acted on, and makes one job, through however many servers.
import { randomUUID } from 'node:crypto';
import type { Workspace } from '@ridgeline/workspace';
import type { JobEngine } from '../engine/job-engine.ts';
import { JobError } from '../errors.ts';
import type { PublishedPipelines } from '../published/published-pipelines.ts';
import { checkSchedule } from './check-schedule.ts';
import { checkStart } from './check-start.ts';
import { describeDetails, describeFiring, describeSchedule } from './describe-schedule.ts';
import { type JobStarter, jobStarter } from './job-starter.ts';
import { pipelineStarter } from './pipeline-starter.ts';
import type {
  Firing,
  Schedule,
  ScheduleDefinition,
  ScheduleDetails,
  ScheduleSpec,
} from './schedule.ts';
import { type ScheduleClock, systemScheduleClock } from './schedule-clock.ts';
import { toScheduleError } from './schedule-error.ts';
import { ScheduleLoop } from './schedule-loop.ts';
import { type ScheduleRow, ScheduleStore } from './schedule-store.ts';
import type { BuildEvent } from './trigger.ts';
import { buildHappening } from './triggers/build-watch.ts';
import type { Happening } from './triggers/watch.ts';
import { type Watches, watchesOn } from './triggers/watches.ts';

export interface SchedulesOptions {
  readonly workspace: Workspace;
  readonly jobs: JobEngine;
  /** Default: no pipelines can be scheduled. */
  readonly pipelines?: PublishedPipelines;
  /** Default: this machine's. */
  readonly clock?: ScheduleClock;
  /** Told of what is not a user's mistake; the name is empty where it is of no one schedule. */
  readonly onInternalError: (schedule: string, error: unknown) => void;
}

export const maxSchedules = 1_000;

export class Schedules {
  readonly #store: ScheduleStore;
  readonly #starter: JobStarter;
  readonly #clock: ScheduleClock;
  readonly #watches: Watches;
  readonly #loop: ScheduleLoop;
  readonly #report: SchedulesOptions['onInternalError'];

  private constructor(store: ScheduleStore, options: SchedulesOptions) {
    const { workspace, jobs, pipelines, clock = systemScheduleClock } = options;
    this.#store = store;
    this.#clock = clock;
    const published = pipelines === undefined ? null : pipelineStarter(pipelines);
    this.#starter = jobStarter(workspace, jobs, published);
    this.#watches = watchesOn(workspace, store.reader);
    const parts = { store, clock, starter: this.#starter, watches: this.#watches };
    this.#report = options.onInternalError;
    this.#loop = new ScheduleLoop({ ...parts, report: this.#report });
  }

  /** The jobs' own tables have to be there. */
  static async open(options: SchedulesOptions): Promise<Schedules> {
    return new Schedules(await ScheduleStore.open(options.workspace.database), options);
  }

  /** Carries out what an earlier server has written down, and begins to watch. Once jobs have started. */
  async start(): Promise<void> {
    for (const row of await this.#store.list(maxSchedules)) await this.#armOrTell(row);
    this.#loop.start();
  }

  /** Waits for a firing that is under way. To be called before jobs stop. */
  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /**
   * Makes a schedule, or gives an old one of that name a new definition. Where its trigger stays as
   * it was, nothing that happened meanwhile is lost.
   * @throws JobError SCHEDULE_INVALID, SCHEDULE_LIMIT_REACHED, SCHEDULE_ALREADY_EXISTS where it may
   *   not replace one; and what starting it would throw
   */
  async put(
    name: string,
    spec: ScheduleSpec,
    { by = '', replace = true }: { readonly by?: string; readonly replace?: boolean } = {},
  ): Promise<ScheduleDetails> {
    const definition = checkSchedule(name, spec);
    await checkStart(this.#starter, name, definition, this.#clock.now());
    return this.#loop.inTurn(async () => {
      const earlier = await this.#store.find(name);
      if (earlier !== null && !replace) throw alreadyExists(name);
      if (earlier === null) await this.#assertRoom();
      const enabled = spec.enabled ?? (earlier === null || earlier.enabled === 1);
      const row = await this.#rowOf(name, definition, enabled, by, earlier);
      await this.#store.put(row);
      return this.#armed(row);
    });
  }

  /** @throws JobError SCHEDULE_NOT_FOUND */
  async get(name: string): Promise<ScheduleDetails> {
    return describeDetails(await this.#find(name), this.#clock.now());
  }

  /** By name. */
  async list(limit: number): Promise<readonly Schedule[]> {
    const now = this.#clock.now();
    return (await this.#store.list(limit)).map((row) => describeSchedule(row, now));
  }

  /** The newest first. @throws JobError SCHEDULE_NOT_FOUND */
  async firings(name: string, limit: number): Promise<readonly Firing[]> {
    const { schedule_id } = await this.#find(name);
    const rows = await this.#store.firings(schedule_id, limit);
    return rows.map((row) => describeFiring(row, name));
  }

  /** What happened while it was disabled does not count. @throws JobError SCHEDULE_NOT_FOUND */
  async enable(name: string): Promise<ScheduleDetails> {
    return this.#switch(name, 1);
  }

  /** @throws JobError SCHEDULE_NOT_FOUND */
  async disable(name: string): Promise<ScheduleDetails> {
    return this.#switch(name, 0);
  }

  /**
   * Fires now, whatever its trigger, and also where it is disabled.
   * @throws JobError SCHEDULE_NOT_FOUND
   */
  async trigger(name: string, by = ''): Promise<Firing> {
    return this.#loop.inTurn(async () => {
      const { schedule_id: id } = await this.#find(name);
      const now = this.#clock.now();
      const reason = by === '' ? 'triggered by hand' : `triggered by ${by}`;
      const happening = { key: `manual:${randomUUID()}`, dueAt: now, reason, facts: {} };
      await this.#store.note(id, [happening], null, now);
      await this.#loop.carryOutPending();
      const firing = await this.#store.findFiring(id, happening.key);
      if (firing === null) throw new Error(`a firing of '${name}' is gone that was just noted`);
      return describeFiring(firing, name);
    });
  }

  /** With its firings; the jobs stay. @throws JobError SCHEDULE_NOT_FOUND */
  async delete(name: string): Promise<void> {
    await this.#loop.inTurn(async () => {
      const { schedule_id } = await this.#find(name);
      await this.#store.delete(schedule_id);
      this.#loop.disarm(schedule_id);
    });
  }

  /** Resolves when it is written down. To be told again, where one may not have been, does no harm. */
  async noteEvent(event: BuildEvent): Promise<void> {
    await this.#loop.inTurn(async () => {
      const now = this.#clock.now();
      for (const row of await this.#store.list(maxSchedules)) {
        const happening = happeningFor(row, event, now);
        if (happening !== null) await this.#store.note(row.schedule_id, [happening], null, now);
      }
    });
    this.#loop.wake();
  }

  async #switch(name: string, enabled: 0 | 1): Promise<ScheduleDetails> {
    return this.#loop.inTurn(async () => {
      const row = await this.#find(name);
      if (row.enabled === enabled) return describeDetails(row, this.#clock.now());
      const now = this.#clock.now();
      const cursor =
        enabled === 1 ? await this.#begin(row.schedule_id, definitionOf(row)) : row.cursor;
      const change = { enabled, cursor, updated_at: now, error_code: null, error_message: null };
      await this.#store.update(row.schedule_id, change);
      return this.#armed({ ...row, ...change });
    });
  }

  async #rowOf(
    name: string,
    definition: ScheduleDefinition,
    enabled: boolean,
    by: string,
    earlier: ScheduleRow | null,
  ): Promise<ScheduleRow> {
    const now = this.#clock.now();
    const id = earlier?.schedule_id ?? randomUUID().replaceAll('-', '');
    const goesOn =
      earlier !== null &&
      earlier.enabled === 1 &&
      JSON.stringify(definitionOf(earlier).trigger) === JSON.stringify(definition.trigger);
    return {
      schedule_id: id,
      name,
      definition: JSON.stringify(definition),
      enabled: enabled ? 1 : 0,
      cursor: goesOn ? earlier.cursor : await this.#begin(id, definition),
      error_code: null,
      error_message: null,
      created_by: by,
      created_at: earlier?.created_at ?? now,
      updated_at: now,
    };
  }

  async #begin(scheduleId: string, { trigger, catchUp }: ScheduleDefinition): Promise<string> {
    return this.#watches(trigger).begin({ scheduleId, catchUp, now: this.#clock.now() });
  }

  #armed(row: ScheduleRow): ScheduleDetails {
    this.#loop.arm(row);
    this.#loop.wake();
    return describeDetails(row, this.#clock.now());
  }

  // Another version of the server may have accepted what this one does not read.
  async #armOrTell(row: ScheduleRow): Promise<void> {
    try {
      this.#loop.arm(row);
    } catch (error) {
      const report = (cause: unknown) => this.#report(row.name, cause);
      await this.#store.noteError(row.schedule_id, toScheduleError(error, report));
    }
  }

  async #assertRoom(): Promise<void> {
    if ((await this.#store.list(maxSchedules)).length < maxSchedules) return;
    const message = `there are ${maxSchedules} schedules, which is the limit; delete one first`;
    throw new JobError('SCHEDULE_LIMIT_REACHED', message);
  }

  async #find(name: string): Promise<ScheduleRow> {
    const row = await this.#store.find(name);
    if (row !== null) return row;
    const shown = name.slice(0, 255).toWellFormed();
    const message = `no schedule is called '${shown}'; 'ridgeline schedule list' shows those there are`;
    throw new JobError('SCHEDULE_NOT_FOUND', message);
  }
}

function happeningFor(row: ScheduleRow, event: BuildEvent, now: number): Happening | null {
  const { trigger } = definitionOf(row);
  if (row.enabled === 0 || trigger.type !== 'build') return null;
  return buildHappening(trigger, event, now);
}

function definitionOf(row: ScheduleRow): ScheduleDefinition {
  return JSON.parse(row.definition);
}

function alreadyExists(name: string): JobError {
  const message = `schedule '${name}' exists already; choose another name, or replace it with PUT`;
  return new JobError('SCHEDULE_ALREADY_EXISTS', message);
}
