// The face of the engine: jobs come in here, and are read and cancelled here. What it promises:
// a job that was accepted comes to an end, through however many servers.
import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Workspace } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import { describeJob } from '../job/describe-job.ts';
import { hasEnded, type Job } from '../job/job.ts';
import { type JobFilter, JobStore, type StoredJob } from '../job/job-store.ts';
import { logArtifactPath, logFolder, stepFolder } from '../step/step-folder.ts';
import { type LogPart, readLogPart } from '../step/step-log.ts';
import { readDefinition, resolveSubmission } from '../submission/resolve-submission.ts';
import type { JobSubmission } from '../submission/submission.ts';
import { ActiveJob } from './active-job.ts';
import type { EngineContext, EngineLimits } from './engine-context.ts';
import { newJob } from './new-job.ts';
import { Slots } from './slots.ts';

export interface JobEngineOptions {
  /** The server's address as a step reaches it, such as `http://127.0.0.1:5151`. */
  readonly trackingUrl: () => string;
  readonly limits?: Partial<EngineLimits>;
  /** Told of what went wrong with the engine itself; the job goes on at the next start. */
  readonly onInternalError: (jobId: string, error: unknown) => void;
  readonly now?: () => number;
}

const defaultLimits: EngineLimits = {
  slots: availableParallelism(),
  killGraceMs: 10_000,
  selfCancelGraceMs: 10_000,
  maxLogBytes: 256 * 1024 * 1024,
  maxAttempts: 5,
};

export class JobEngine {
  readonly #context: EngineContext;
  readonly #onInternalError: JobEngineOptions['onInternalError'];
  readonly #active = new Map<string, { job: ActiveJob; end: Promise<void> }>();
  #stopped = false;

  private constructor(context: EngineContext, options: JobEngineOptions) {
    this.#context = context;
    this.#onInternalError = options.onInternalError;
  }

  static async open(workspace: Workspace, options: JobEngineOptions): Promise<JobEngine> {
    const limits = { ...defaultLimits, ...options.limits };
    const context = {
      workspace,
      store: await JobStore.open(workspace.database),
      slots: new Slots(limits.slots),
      limits,
      trackingUrl: options.trackingUrl,
      now: options.now ?? Date.now,
    };
    return new JobEngine(context, options);
  }

  /** Takes up the jobs that an earlier server left unfinished. To be called once, when the server listens. */
  async start(): Promise<void> {
    for (const stored of await this.#context.store.listUnfinished()) await this.#takeUp(stored);
  }

  /**
   * Accepts a job, durably, and starts it.
   * @throws JobError, or the workspace's errors for what the job names and is not there
   */
  async submit(submission: JobSubmission): Promise<Job> {
    if (this.#stopped) throw new JobError('JOB_ENGINE_STOPPED', 'the server is shutting down');
    const resolved = await resolveSubmission(this.#context.workspace, submission);
    const jobId = randomUUID().replaceAll('-', '');
    const experimentName =
      submission.experimentName ?? resolved.pipeline.experimentName ?? 'Default';
    const { experiment_id: experimentId } =
      await this.#context.workspace.experiments.getOrCreate(experimentName);
    const experiment = { id: experimentId, name: experimentName };
    const { job, steps } = newJob(jobId, submission, resolved, experiment, this.#context.now());
    await this.#context.store.insert(job, steps);
    await this.#takeUp(await this.#find(jobId));
    return this.get(jobId);
  }

  /** @throws JobError JOB_NOT_FOUND */
  async get(jobId: string): Promise<Job> {
    return this.#describe(await this.#find(jobId));
  }

  /** The newest first. */
  async list(filter: JobFilter): Promise<readonly Job[]> {
    const stored = await this.#context.store.list(filter);
    return Promise.all(stored.map((each) => this.#describe(each)));
  }

  /**
   * Asks a job to end; its steps are told so, and killed after a grace.
   * @param sparedRunId the run of the step that asks for this itself, which may come to its own end.
   * @throws JobError JOB_NOT_FOUND, JOB_ALREADY_ENDED
   */
  async cancel(
    jobId: string,
    reason: string | null = null,
    sparedRunId: string | null = null,
  ): Promise<Job> {
    const { job } = await this.#find(jobId);
    const active = this.#active.get(jobId);
    if (hasEnded(job.status) || active === undefined) {
      throw new JobError('JOB_ALREADY_ENDED', `job ${jobId} has ended: it is ${job.status}`);
    }
    await active.job.cancel(reason, sparedRunId);
    return this.get(jobId);
  }

  /**
   * A part of a step's log, from a byte offset on. Empty before the step has printed anything.
   * @throws JobError JOB_NOT_FOUND, STEP_NOT_FOUND
   */
  async readLog(jobId: string, stepName: string, offset: number): Promise<LogPart> {
    const { steps } = await this.#find(jobId);
    const step = steps.find(({ step_name }) => step_name === stepName);
    if (step === undefined) {
      const names = steps.map(({ step_name }) => step_name).join(', ');
      throw new JobError(
        'STEP_NOT_FOUND',
        `job ${jobId} has no step '${stepName}': it has ${names}`,
      );
    }
    const empty = { bytes: Buffer.alloc(0), nextOffset: offset };
    if (step.run_id === null) return empty;
    const { workspace } = this.#context;
    const { log } = stepFolder(workspace.folder, jobId, stepName, step.attempt);
    const live = await readLogPart(log, offset);
    if (live !== null) return live;
    const isKept = (await workspace.artifacts.list(step.run_id, logFolder)).length > 0;
    if (!isKept) return empty;
    const kept = await workspace.artifacts.localPath(step.run_id, logArtifactPath);
    return (await readLogPart(kept, offset)) ?? empty;
  }

  /** Resolves when the job has ended, or when the engine stops. */
  async waitFor(jobId: string): Promise<Job> {
    await this.#active.get(jobId)?.end;
    return this.get(jobId);
  }

  /** Stops the steps that run; their jobs go on at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all([...this.#active.values()].map(({ job }) => job.halt()));
    await Promise.all([...this.#active.values()].map(({ end }) => end));
  }

  async #takeUp(stored: StoredJob): Promise<void> {
    const { job } = stored;
    // The first thing of a job is its row; a server that died right then has made no run for it.
    await this.#context.workspace.runs.ensure(job.job_id, {
      experimentId: job.experiment_id,
      runName: job.display_name,
      startTime: job.created_at,
      tags: { 'ridgeline.job': job.type, ...JSON.parse(job.tags) },
    });
    const { pipeline } = readDefinition(JSON.parse(job.submission));
    const active = new ActiveJob(this.#context, stored, pipeline);
    const end = active
      .run()
      .catch((error: unknown) => this.#onInternalError(job.job_id, error))
      .finally(() => this.#active.delete(job.job_id));
    this.#active.set(job.job_id, { job: active, end });
  }

  async #find(jobId: string): Promise<StoredJob> {
    const stored = await this.#context.store.find(jobId);
    if (stored === null) {
      const message = `no job has the id '${jobId}'; 'ridgeline job list' shows those there are`;
      throw new JobError('JOB_NOT_FOUND', message);
    }
    return stored;
  }

  async #describe(stored: StoredJob): Promise<Job> {
    const { data } = await this.#context.workspace.runs.get(stored.job.job_id);
    const tags = Object.fromEntries(data.tags.map(({ key, value }) => [key, value]));
    return describeJob(stored, tags);
  }
}
