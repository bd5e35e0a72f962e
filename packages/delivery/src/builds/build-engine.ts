// The face of builds: they are queued, cancelled, run again and decided on here. What it promises: a
// build that was queued comes to its end, through however many servers, and is told as it truly was.
import type { Workspace } from '@ridgeline/workspace';
import { Agents } from '../agents/agents.ts';
import type { Approver } from '../assets/environments/approver.ts';
import { DeliveryDatabase } from '../database/delivery-database.ts';
import { DeliveryError } from '../errors.ts';
import type { Build } from './build.ts';
import type { BuildRequest } from './build-request.ts';
import { Builds } from './builds.ts';
import { DeliveryPipelines } from './definitions/delivery-pipelines.ts';
import { asDeliveryError, ended, isGood, nothingFailed, stillRuns } from './engine-errors.ts';
import { type BuildEngineOptions, openParts } from './engine-parts.ts';
import { insertBuild } from './plan/insert-build.ts';
import { type PlanSurroundings, planBuild } from './plan/plan-build.ts';
import { sweepOrphans } from './retention.ts';
import { ActiveBuilds } from './run/active-builds.ts';
import type { EngineParts } from './run/build-surroundings.ts';
import { openForRerun } from './run/open-build.ts';
import { Counters } from './store/counters.ts';

export class BuildEngine {
  readonly pipelines: DeliveryPipelines;
  readonly builds: Builds;
  readonly agents: Agents;
  readonly #parts: EngineParts;
  readonly #planning: PlanSurroundings;
  readonly #counters: Counters;
  readonly #active: ActiveBuilds;
  /** Two who ask at once get one more attempt, and not two. */
  readonly #rerunning = new Set<number>();
  #isClosed = false;

  private constructor(
    workspace: Workspace,
    pipelines: DeliveryPipelines,
    agents: Agents,
    parts: EngineParts,
    counters: Counters,
    options: BuildEngineOptions,
  ) {
    const { assets, mirrors, tasks, store } = parts;
    const { database } = store;
    const serverUrl = options.serverUrl ?? (() => '');
    this.pipelines = pipelines;
    this.builds = new Builds(store, parts.paths, parts.agents, workspace.changes);
    this.agents = agents;
    this.#parts = parts;
    this.#planning = { pipelines, database, mirrors, tasks, assets, serverUrl };
    this.#counters = counters;
    this.#active = new ActiveBuilds(parts, counters, options);
  }

  static async open(workspace: Workspace, options: BuildEngineOptions): Promise<BuildEngine> {
    const { now = Date.now } = options;
    const database = await DeliveryDatabase.open(workspace.database);
    const { agentLeaseMs: leaseMs } = options;
    const agents = await Agents.open(database, { now, ...(leaseMs !== undefined && { leaseMs }) });
    const parts = openParts(workspace, database, agents.jobs, options);
    const pipelines = await DeliveryPipelines.open({ workspace, now });
    return new BuildEngine(
      workspace,
      pipelines,
      agents,
      parts,
      await Counters.open(database),
      options,
    );
  }

  /** Takes up the builds that an earlier server left unfinished. To be called once. */
  async start(): Promise<void> {
    const { store, paths } = this.#parts;
    await sweepOrphans(store, paths);
    await this.agents.sweep(paths.transfers);
    for (const row of await store.unfinished()) {
      // What keeps one from going on is reported there, and keeps no other one.
      await this.#active.takeUp(row).catch(() => {});
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
    // It is accepted, whatever keeps it from beginning now.
    await this.#active.takeUp(row);
    return this.builds.get(String(row.build_id));
  }

  /**
   * Asks a build to end: what is to run always still does. Asked again, nothing new runs.
   * @throws DeliveryError BUILD_NOT_FOUND, BUILD_ENDED
   */
  async cancel(id: string): Promise<Build> {
    this.#assertOpen();
    const { build_id: buildId } = await this.#parts.store.get(id);
    // One whose work was broken off goes on, to be canceled.
    if (!this.#active.has(buildId)) await this.#active.resume(id);
    const active = this.#active.get(buildId);
    if (active === undefined) throw ended(id);
    active.cancel();
    await active.written();
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
      this.#active.run(row, await openForRerun(row, scope, this.#parts, this.#counters));
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
    await this.#active.endOf(buildId);
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
    // In the same moment: what runs elsewhere is not to be canceled by the end of what runs here.
    this.agents.close();
    await this.#active.close();
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

  #assertOpen(): void {
    if (this.#isClosed)
      throw new DeliveryError('BUILD_ENGINE_STOPPED', 'the server is shutting down');
  }
}
