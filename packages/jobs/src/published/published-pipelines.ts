// Pipelines that are published once and then started by one call, by people and programs that know
// nothing of their code. What a start makes is a job like any other: the engine does the rest.
import type { Workspace } from '@ridgeline/workspace';
import type { JobEngine } from '../engine/job-engine.ts';
import { JobError } from '../errors.ts';
import type { Job } from '../job/job.ts';
import { completeSubmission } from '../submission/complete-submission.ts';
import { describePipeline } from './describe-published.ts';
import { PipelineEndpoints } from './pipeline-endpoints.ts';
import { preparePublication } from './prepare-publication.ts';
import type {
  PipelineFilter,
  PipelineStart,
  Publication,
  PublishedPipeline,
  PublishedStatus,
  Starter,
} from './published-pipeline.ts';
import { type PublishedPipelineRow, PublishedStore } from './published-store.ts';
import { publishedMigrations } from './published-tables.ts';
import { startSubmission } from './start-submission.ts';

export interface PublishedPipelinesOptions {
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export class PublishedPipelines {
  readonly endpoints: PipelineEndpoints;
  readonly #workspace: Workspace;
  readonly #jobs: JobEngine;
  readonly #store: PublishedStore;
  readonly #now: () => number;

  private constructor(workspace: Workspace, jobs: JobEngine, now: () => number) {
    this.#workspace = workspace;
    this.#jobs = jobs;
    this.#store = new PublishedStore(workspace.database);
    this.#now = now;
    this.endpoints = new PipelineEndpoints(workspace.database, this, now);
  }

  static async open(
    workspace: Workspace,
    jobs: JobEngine,
    { now = Date.now }: PublishedPipelinesOptions = {},
  ): Promise<PublishedPipelines> {
    await workspace.database.migrate('published', publishedMigrations);
    return new PublishedPipelines(workspace, jobs, now);
  }

  /**
   * Checks a pipeline as for a run, and keeps it. What it names stays as it was written: `@latest`
   * is the latest of each start.
   * @throws JobError PIPELINE_INVALID, PIPELINE_VERSION_EXISTS, and what `JobEngine.submit` throws
   */
  async publish(
    publication: Publication,
    { submittedBy = '' }: Starter = {},
  ): Promise<PublishedPipeline> {
    const by = { createdBy: submittedBy, now: this.#now() };
    const row = await preparePublication(this.#workspace, publication, by);
    return describePipeline(await this.#store.insert(row));
  }

  /** @throws JobError PIPELINE_NOT_FOUND */
  async get(id: string): Promise<PublishedPipeline> {
    return describePipeline(await this.#find(id));
  }

  /** The newest first. */
  async list(filter: PipelineFilter): Promise<readonly PublishedPipeline[]> {
    return (await this.#store.list(filter)).map(describePipeline);
  }

  /**
   * A disabled pipeline is kept, and cannot be started.
   * @throws JobError PIPELINE_NOT_FOUND
   */
  async setStatus(id: string, status: PublishedStatus): Promise<PublishedPipeline> {
    await this.#store.setStatus(id, status, this.#now());
    return this.get(id);
  }

  /**
   * Starts a run.
   * @throws JobError PIPELINE_NOT_FOUND, PIPELINE_DISABLED, JOB_INPUT_INVALID with every mistaken
   *   parameter, and what `JobEngine.submit` throws
   */
  async submit(id: string, start: PipelineStart = {}, starter: Starter = {}): Promise<Job> {
    const row = await this.#find(id);
    if (row.status === 'Disabled') throw disabled(row);
    const { submittedBy = '', pipelineEndpointId = null, jobId } = starter;
    const published = await completeSubmission(this.#workspace, JSON.parse(row.submission));
    const { name, pipeline_id: pipelineId } = row;
    const submission = startSubmission(published, start, { name, pipelineId, pipelineEndpointId });
    const by = {
      submittedBy,
      source: `pipeline:${pipelineId}`,
      ...(jobId !== undefined && { jobId }),
    };
    return this.#jobs.submit(submission, by);
  }

  /**
   * Whether a start would find its pipeline, and all its values good.
   * @throws JobError PIPELINE_NOT_FOUND, PIPELINE_DISABLED, JOB_INPUT_INVALID
   */
  async checkStart(id: string, start: PipelineStart): Promise<void> {
    const row = await this.#find(id);
    if (row.status === 'Disabled') throw disabled(row);
    startSubmission(JSON.parse(row.submission), start, {
      pipelineId: id,
      pipelineEndpointId: null,
      name: row.name,
    });
  }

  /**
   * The runs of a pipeline, the newest first.
   * @throws JobError PIPELINE_NOT_FOUND
   */
  async runs(id: string, limit: number): Promise<readonly Job[]> {
    const { pipeline_id: pipelineId } = await this.#find(id);
    return this.#jobs.list({ source: `pipeline:${pipelineId}`, limit });
  }

  async #find(id: string): Promise<PublishedPipelineRow> {
    const row = await this.#store.find(id.toLowerCase());
    if (row !== undefined) return row;
    const message =
      `no published pipeline has the id '${id.slice(0, 60).toWellFormed()}'; ` +
      "'ridgeline pipeline list' shows those there are";
    throw new JobError('PIPELINE_NOT_FOUND', message);
  }
}

function disabled({ name, version, pipeline_id: id }: PublishedPipelineRow): JobError {
  const message =
    `pipeline '${name}' version ${version} (${id}) is disabled; 'ridgeline pipeline enable ${id}' ` +
    'lets it be started again';
  return new JobError('PIPELINE_DISABLED', message);
}
