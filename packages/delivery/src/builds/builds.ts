// What is there to read of builds: themselves, their logs, artifacts, final YAML and events.
import path from 'node:path';
import { filesBelow, type StepRecord } from '@ridgeline/azure-pipelines';
import type { ChangeFeed, LogWatches } from '@ridgeline/workspace';
import type { AgentJobs } from '../agents/agent-jobs.ts';
import { DeliveryError } from '../errors.ts';
import { type Build, type BuildSummary, hasEnded } from './build.ts';
import { findArtifact, listArtifacts, type OpenFile, openFile } from './build-artifacts.ts';
import type { BuildEvent } from './build-event.ts';
import type { BuildArtifact, LogLines } from './build-files.ts';
import type { BuildFilter } from './build-request.ts';
import { listBuilds } from './list-builds.ts';
import { type EventFilter, lastSequence, listEvents } from './list-events.ts';
import { logWatches } from './log-watches.ts';
import type { Outline } from './plan/outline.ts';
import { maxLogLines, readLogLines } from './read-log.ts';
import type { DeliveryPaths } from './run/build-surroundings.ts';
import type { BuildStore } from './store/build-store.ts';
import { describeBuild, describeSummary } from './store/describe-build.ts';

export class Builds {
  readonly #logs: LogWatches;
  readonly #store: BuildStore;
  readonly #paths: DeliveryPaths;
  readonly #agents: AgentJobs;

  constructor(store: BuildStore, paths: DeliveryPaths, agents: AgentJobs, feed: ChangeFeed) {
    this.#logs = logWatches(feed, store, paths);
    this.#store = store;
    this.#paths = paths;
    this.#agents = agents;
  }

  /** @throws DeliveryError BUILD_NOT_FOUND */
  async get(id: string): Promise<Build> {
    const row = await this.#store.get(id);
    const buildId = row.build_id;
    const { reader } = this.#store.database;
    const query = reader.selectFrom('build_plans').select('outline');
    const plan = await query.where('build_id', '=', buildId).executeTakeFirst();
    const findings = reader.selectFrom('build_findings').select(['kind', 'details']);
    return describeBuild({
      row,
      outline: JSON.parse(plan?.outline ?? '{"stages":[]}') as Outline,
      state: JSON.parse(await this.#store.snapshot(buildId)).state,
      jobs: await this.#store.jobs(buildId),
      steps: await this.#store.steps(buildId),
      approvals: await this.#store.approvals(buildId),
      findings: await findings.where('build_id', '=', buildId).orderBy('finding_id').execute(),
      agents: await this.#agents.namesOf(buildId),
      whyItWaits: (jobId) => this.#agents.reasonFor(buildId, jobId),
    });
  }

  /** The newest first. */
  async list(filter: BuildFilter = {}): Promise<readonly BuildSummary[]> {
    return listBuilds(this.#store.database.reader, filter);
  }

  /** That a trigger event has made; null: none. */
  async ofEvent(eventId: string): Promise<BuildSummary | null> {
    const query = this.#store.database.reader.selectFrom('builds').selectAll();
    const row = await query.where('trigger_event', '=', eventId).executeTakeFirst();
    return row === undefined ? null : describeSummary(row);
  }

  /** @throws DeliveryError BUILD_NOT_FOUND */
  async finalYaml(id: string): Promise<string> {
    const { build_id: buildId } = await this.#store.get(id);
    return (await this.#store.plan(buildId)).final_yaml;
  }

  /**
   * `from`: the number of the first line that is wanted; from 0. At most 10,000 lines at once.
   * @throws DeliveryError BUILD_NOT_FOUND, BUILD_LOG_NOT_FOUND
   */
  async log(id: string, log: number, from = 0, limit = maxLogLines): Promise<LogLines> {
    const { build_id: buildId } = await this.#store.get(id);
    const { reader } = this.#store.database;
    const query = reader.selectFrom('build_steps').selectAll().where('build_id', '=', buildId);
    const step = await query.where('log', '=', log).executeTakeFirst();
    if (step === undefined) throw noLog(id, log);
    const record = JSON.parse(step.record) as StepRecord;
    const jobs = await this.#store.jobs(buildId);
    const job = jobs.find(({ job_id }) => job_id === step.job_id);
    const isOver = record.state === 'completed' || job?.state === 'completed';
    const file = step.log_file && path.join(this.#paths.build(buildId).path, step.log_file);
    return readLogLines(file, from, Math.min(limit, maxLogLines), isOver);
  }

  /** Tells the growth of a build's logs among the changes. @returns what ends it. */
  followLogs(id: string): () => void {
    return this.#logs.follow(id);
  }

  /** @throws DeliveryError BUILD_NOT_FOUND */
  async artifacts(id: string): Promise<readonly BuildArtifact[]> {
    return listArtifacts(await this.#artifactsOf(id));
  }

  /** Paths with `/`, sorted. @throws DeliveryError BUILD_NOT_FOUND, BUILD_ARTIFACT_NOT_FOUND */
  async artifactFiles(id: string, name: string): Promise<readonly string[]> {
    return filesBelow(await findArtifact(await this.#artifactsOf(id), id, name));
  }

  /** @throws DeliveryError BUILD_NOT_FOUND, BUILD_ARTIFACT_NOT_FOUND */
  async openArtifactFile(id: string, name: string, file: string): Promise<OpenFile> {
    return openFile(await findArtifact(await this.#artifactsOf(id), id, name), id, name, file);
  }

  /** The oldest first. */
  async events(filter: EventFilter = {}): Promise<readonly BuildEvent[]> {
    return listEvents(this.#store.database.reader, filter);
  }

  /** Of the newest event; 0 where there is none. */
  async lastSequence(): Promise<number> {
    return lastSequence(this.#store.database.reader);
  }

  /** Waits for nothing: whether it has ended by now. */
  async hasEnded(id: string): Promise<boolean> {
    return hasEnded((await this.#store.get(id)).status as Build['status']);
  }

  async #artifactsOf(id: string): Promise<string> {
    return this.#paths.build((await this.#store.get(id)).build_id).artifacts;
  }
}

function noLog(id: string, log: number): DeliveryError {
  const message = `build ${id} has no log ${log}; its steps tell the numbers of theirs`;
  return new DeliveryError('BUILD_LOG_NOT_FOUND', message);
}
