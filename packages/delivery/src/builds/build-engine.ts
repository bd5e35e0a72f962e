// The face of builds: they are queued, cancelled, run again and decided on here. What it promises: a
// build that was queued comes to its end, through however many servers, and is told as it truly was.

import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import type { TaskRegistry } from '@ridgeline/azure-pipelines';
import { builtInRegistry, isSuccess, OrchestrateError } from '@ridgeline/azure-pipelines';
import type { Workspace } from '@ridgeline/workspace';
import type { Approver } from '../assets/environments/approver.ts';
import { DeliveryDatabase } from '../database/delivery-database.ts';
import { DeliveryError } from '../errors.ts';
import type { Build } from './build.ts';
import { type BuildAssets, noAssets } from './build-assets.ts';
import type { BuildRequest } from './build-request.ts';
import { Builds } from './builds.ts';
import { Approvals } from './checks/approvals.ts';
import { StageLocks } from './checks/stage-locks.ts';
import { DeliveryPipelines } from './definitions/delivery-pipelines.ts';
import { insertBuild } from './plan/insert-build.ts';
import { type PlanSurroundings, planBuild } from './plan/plan-build.ts';
import { Mirrors } from './repository/mirrors.ts';
import { sweepBuilds } from './retention.ts';
import type { ActiveBuild } from './run/active-build.ts';
import { AgentPool } from './run/agent-pool.ts';
import {
  DeliveryPaths,
  type EngineParts,
  type JobToken,
  type TokenOwner,
} from './run/build-surroundings.ts';
import { openBuild, openForRerun } from './run/open-build.ts';
import { stepEnvironment } from './run/step-environment.ts';
import { type BuildRow, BuildStore } from './store/build-store.ts';
import { Counters } from './store/counters.ts';
import { SealedTexts } from './store/sealed-texts.ts';

export interface BuildEngineOptions {
  /** Default: none. */
  readonly assets?: BuildAssets;
  /** How many jobs run at once, those of servers aside; default: the number of processors. */
  readonly slots?: number;
  /** Default: those that are built in. */
  readonly tasks?: TaskRegistry;
  /** Where the server is reached; empty where it is not. */
  readonly serverUrl?: () => string;
  /** Of every step, besides what all programs need. */
  readonly environment?: () => Readonly<Record<string, string>>;
  /** Gives System.AccessToken of a job. */
  readonly issueToken?: (owner: TokenOwner) => Promise<JobToken>;
  /** Told of what went wrong with the engine itself; the build goes on at the next start. */
  readonly onInternalError: (buildId: string, error: unknown) => void;
  /** How long the steps of running jobs have to end when the engine closes; default 10,000. */
  readonly closeGraceMs?: number;
  readonly now?: () => number;
}

export class BuildEngine {
  readonly pipelines: DeliveryPipelines;
  readonly builds: Builds;
  readonly #parts: EngineParts;
  readonly #planning: PlanSurroundings;
  readonly #counters: Counters;
  readonly #closeGraceMs: number;
  readonly #active = new Map<
    number,
    { readonly build: ActiveBuild; readonly end: Promise<void> }
  >();
  /** Two who ask at once get one more attempt, and not two. */
  readonly #rerunning = new Set<number>();
  #isClosed = false;

  private constructor(
    pipelines: DeliveryPipelines,
    parts: EngineParts,
    counters: Counters,
    options: BuildEngineOptions,
  ) {
    const { assets, mirrors, tasks, store } = parts;
    const { reader } = store.database;
    const serverUrl = options.serverUrl ?? (() => '');
    this.pipelines = pipelines;
    this.builds = new Builds(store, parts.paths);
    this.#parts = parts;
    this.#planning = { pipelines, reader, mirrors, tasks, assets, serverUrl };
    this.#counters = counters;
    this.#closeGraceMs = options.closeGraceMs ?? 10_000;
  }

  static async open(workspace: Workspace, options: BuildEngineOptions): Promise<BuildEngine> {
    const { now = Date.now } = options;
    const database = await DeliveryDatabase.open(workspace.database);
    const store = new BuildStore(database, now);
    const paths = new DeliveryPaths(workspace.folder);
    const more = options.environment ?? (() => ({}));
    const parts: EngineParts = {
      store,
      paths,
      texts: new SealedTexts(workspace.secrets),
      assets: options.assets ?? noAssets,
      approvals: new Approvals(store),
      locks: new StageLocks(),
      pool: new AgentPool(options.slots ?? cpus().length),
      mirrors: new Mirrors(paths.mirrors),
      tasks: options.tasks ?? builtInRegistry(),
      environment: () => stepEnvironment(more()),
      ...(options.issueToken !== undefined && { issueToken: options.issueToken }),
      onInternalError: options.onInternalError,
    };
    const pipelines = await DeliveryPipelines.open({ workspace, now });
    return new BuildEngine(pipelines, parts, await Counters.open(database), options);
  }

  /** Takes up the builds that an earlier server left unfinished. To be called once. */
  async start(): Promise<void> {
    for (const row of await this.#parts.store.unfinished()) {
      await this.#takeUp(row).catch((error: unknown) => {
        this.#parts.onInternalError(String(row.build_id), error);
      });
    }
  }

  /**
   * Accepts a build, durably, and starts it.
   * @throws DeliveryError with all that is wrong with the file, or with what it names
   */
  async queue(request: BuildRequest): Promise<Build> {
    this.#assertOpen();
    const planned = await planBuild(request, this.#planning);
    this.#assertOpen();
    const row = await insertBuild(planned, this.#parts, this.#counters).catch(asDeliveryError);
    await this.#takeUp(row);
    return this.builds.get(String(row.build_id));
  }

  /**
   * Asks a build to end: what is to run always still does. Asked again, nothing new runs.
   * @throws DeliveryError BUILD_NOT_FOUND, BUILD_ENDED
   */
  async cancel(id: string): Promise<Build> {
    this.#assertOpen();
    const row = await this.#parts.store.get(id);
    const active = this.#active.get(row.build_id);
    if (active === undefined) throw ended(id);
    active.build.cancel();
    await active.build.written();
    return this.builds.get(id);
  }

  /**
   * Runs a build once more: what has failed and what comes after it, or all of it, of the same commit.
   * @throws DeliveryError BUILD_NOT_FOUND, BUILD_STILL_RUNS, BUILD_NOTHING_FAILED
   */
  async rerun(id: string, scope: 'failed' | 'all' = 'failed'): Promise<Build> {
    this.#assertOpen();
    const row = await this.#parts.store.get(id);
    if (row.status !== 'completed' || this.#active.has(row.build_id)) throw stillRuns(id);
    if (scope === 'failed' && row.result !== null && isGood(row.result)) throw nothingFailed(id);
    if (this.#rerunning.has(row.build_id)) throw stillRuns(id);
    this.#rerunning.add(row.build_id);
    try {
      this.#run(row, await openForRerun(row, scope, this.#parts, this.#counters));
    } finally {
      this.#rerunning.delete(row.build_id);
    }
    return this.builds.get(id);
  }

  /**
   * Lets a stage that waits go on: its approval, its start by hand, or a task that asks a person.
   * @throws DeliveryError BUILD_NOT_FOUND, BUILD_NOT_WAITING, APPROVAL_NOT_PERMITTED
   */
  async approve(id: string, stage: string, by: Approver, comment = ''): Promise<Build> {
    return this.#decide(id, stage, by, comment, 'approved');
  }

  /** @throws DeliveryError as `approve` */
  async reject(id: string, stage: string, by: Approver, comment = ''): Promise<Build> {
    return this.#decide(id, stage, by, comment, 'rejected');
  }

  /** Resolves when the build has ended, or the engine closes. @throws DeliveryError BUILD_NOT_FOUND */
  async waitFor(id: string): Promise<Build> {
    const { build_id: buildId } = await this.#parts.store.get(id);
    await this.#active.get(buildId)?.end;
    return this.builds.get(id);
  }

  /** A repository on this machine that has all that the location has now. */
  async mirrorOf(location: string): Promise<string> {
    return this.#parts.mirrors.update(location);
  }

  /** Ends what runs; the next start tells of it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#parts.approvals.close();
    const builds = [...this.#active.values()];
    await Promise.all(builds.map(({ build }) => build.close(this.#closeGraceMs)));
    await Promise.all(builds.map(({ end }) => end));
  }

  async #decide(
    id: string,
    stage: string,
    by: Approver,
    comment: string,
    decision: 'approved' | 'rejected',
  ): Promise<Build> {
    const { build_id: buildId, requested_by } = await this.#parts.store.get(id);
    await this.#parts.approvals.vote({ buildId, stage, by, decision, comment }, requested_by);
    return this.builds.get(id);
  }

  async #takeUp(row: BuildRow): Promise<void> {
    this.#run(row, await openBuild(row, this.#parts, this.#counters));
  }

  #run(row: BuildRow, build: ActiveBuild): void {
    const id = row.build_id;
    const { store, paths, onInternalError } = this.#parts;
    const end = build.ended
      .finally(() => this.#active.delete(id))
      .then(() => rm(paths.work(id), { recursive: true, force: true }))
      .then(() => sweepBuilds(store, paths, row.pipeline_id))
      .catch((error: unknown) => onInternalError(String(id), error));
    this.#active.set(id, { build, end });
  }

  #assertOpen(): void {
    if (this.#isClosed)
      throw new DeliveryError('BUILD_ENGINE_STOPPED', 'the server is shutting down');
  }
}

function isGood(result: string): boolean {
  return result === 'skipped' || isSuccess(result as 'succeeded');
}

/** What the pipeline says against stages that are to be left out. */
function asDeliveryError(error: unknown): never {
  if (error instanceof OrchestrateError)
    throw new DeliveryError('BUILD_INVALID', error.message, { cause: error });
  throw error;
}

function ended(id: string): DeliveryError {
  return new DeliveryError('BUILD_ENDED', `build ${id} has ended already`);
}

function stillRuns(id: string): DeliveryError {
  const message = `build ${id} has not ended; wait for it, or cancel it`;
  return new DeliveryError('BUILD_STILL_RUNS', message);
}

function nothingFailed(id: string): DeliveryError {
  const message = `nothing of build ${id} has failed; queue a new one, or run all of it again`;
  return new DeliveryError('BUILD_NOTHING_FAILED', message);
}
