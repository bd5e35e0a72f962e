// The face of the engine: jobs come in here, and are read and cancelled here. What it promises:
// a job that was accepted comes to an end, through however many servers.
import { randomUUID } from 'node:crypto';
import type { LogWatches, Workspace } from '@ridgeline/workspace';
import { DatabricksRunner } from '../databricks/databricks-runner.ts';
import { JobError } from '../errors.ts';
import { describeJob } from '../job/describe-job.ts';
import { hasEnded, type Job } from '../job/job.ts';
import { type JobFilter, JobStore, type StoredJob } from '../job/job-store.ts';
import { StepQueue } from '../queue/step-queue.ts';
import { ReuseStore } from '../reuse/reuse-store.ts';
import { keptRootWrite, type RootWrite } from '../reuse/root-write.ts';
import { LocalRunner } from '../runner/local-runner.ts';
import type { StepRunner } from '../runner/step-runner.ts';
import type { LogPart } from '../step/step-log.ts';
import { resolveSubmission } from '../submission/resolve-submission.ts';
import { type JobSubmission, modelsOf, type SubmittedBy } from '../submission/submission.ts';
import { ActiveJobs } from './active-jobs.ts';
import type { EngineContext, EngineLimits } from './engine-context.ts';
import { logWatches } from './log-watches.ts';
import { newJob } from './new-job.ts';
import { rootVerdicts } from './root-run.ts';
import { readStepLog } from './step-log-reader.ts';

export interface JobEngineOptions {
  /** The server's address as a step reaches it, such as `http://127.0.0.1:5757`. */
  readonly trackingUrl: () => string;
  readonly limits?: Partial<EngineLimits>;
  /** What runs the steps of other kinds of compute than `local`, by kind. */
  readonly runners?: Readonly<Record<string, StepRunner>>;
  /**
   * Told of what went wrong with the engine itself. The job goes on at the next start; where the
   * database was away or the disk full, by itself some time after that is over.
   */
  readonly onInternalError: (jobId: string, error: unknown) => void;
  readonly now?: () => number;
}

const defaultLimits: EngineLimits = {
  slots: null,
  killGraceMs: 10_000,
  selfCancelGraceMs: 10_000,
  maxLogBytes: 256 * 1024 * 1024,
  maxStepBytes: 64 * 1024 ** 3,
  maxAttempts: 5,
  sweepPollMs: 2_000,
  resumePauseMs: 5_000,
};

export class JobEngine {
  readonly #context: EngineContext;
  readonly #logs: LogWatches;
  readonly #active: ActiveJobs;

  private constructor(context: EngineContext, options: JobEngineOptions) {
    this.#context = context;
    this.#logs = logWatches(context);
    this.#active = new ActiveJobs(context, options.onInternalError);
  }

  static async open(workspace: Workspace, options: JobEngineOptions): Promise<JobEngine> {
    const limits = { ...defaultLimits, ...options.limits };
    const context = {
      workspace,
      store: await JobStore.open(workspace.database, workspace.changes),
      reuse: new ReuseStore(workspace.database),
      queue: new StepQueue({ workspace, localSlots: limits.slots }),
      runners: new Map(Object.entries({ ...builtInRunners(workspace), ...options.runners })),
      limits,
      trackingUrl: options.trackingUrl,
      now: options.now ?? Date.now,
    };
    return new JobEngine(context, options);
  }

  /** Takes up the jobs that an earlier server left unfinished. To be called once, when the server listens. */
  async start(): Promise<void> {
    const unfinished = await this.#context.store.listUnfinished();
    // Together, so that each has the slots of its running steps before any starts another step.
    await Promise.all(unfinished.map((stored) => this.#active.takeUp(stored)));
  }

  /**
   * Accepts a job, durably, and starts it.
   * @throws JobError, or the workspace's errors for what the job names and is not there
   */
  async submit(sent: JobSubmission, by: SubmittedBy = {}): Promise<Job> {
    const { submittedBy = '', source = 'api', jobId = newJobId(), mayUse, managerId } = by;
    if (this.#active.isStopped)
      throw new JobError('JOB_ENGINE_STOPPED', 'the server is shutting down');
    const earlier = await this.#context.store.find(jobId);
    if (earlier !== null) return this.#describe(earlier);
    const { workspace, store, now } = this.#context;
    const resolved = await resolveSubmission(workspace, sent);
    const { submission } = resolved;
    const name = submission.experimentName ?? resolved.pipeline.experimentName ?? 'Default';
    await mayUse?.({ experimentName: name, models: modelsOf(resolved.resolvedInputs) });
    const { experiment_id: id } = await workspace.experiments.getOrCreate(name, managerId);
    const experiment = { id, name };
    const accepted = { jobId, submission, resolved, experiment, submittedBy, source, now: now() };
    const stored = await store.insert(newJob(accepted));
    await this.#active.takeUp(stored);
    return this.get(jobId);
  }

  /** @throws JobError JOB_NOT_FOUND */
  async get(jobId: string): Promise<Job> {
    return this.#describe(await this.#find(jobId));
  }

  /** The newest first. */
  async list(filter: JobFilter): Promise<readonly Job[]> {
    const listed = await this.#context.store.list(filter);
    const verdicts = await rootVerdicts(
      this.#context,
      listed.map(({ job }) => job.job_id),
    );
    return listed.map((each) => describeJob(each, verdicts.get(each.job.job_id)));
  }

  /**
   * Asks a job to end; its steps are told so, and killed after a grace. The first request counts.
   * @param sparedRunId the run of the step that asks for this itself, which may come to its own end.
   * @throws JobError JOB_NOT_FOUND, JOB_ALREADY_ENDED
   */
  async cancel(
    jobId: string,
    reason: string | null = null,
    sparedRunId: string | null = null,
  ): Promise<Job> {
    const { job } = await this.#find(jobId);
    if (hasEnded(job.status)) throw alreadyEnded(jobId);
    if (!(await this.#active.cancel(jobId, reason, sparedRunId))) {
      // Its work was broken off, and whatever goes on with it does so with the cancel.
      const isNoted = await this.#context.store.noteCancel(jobId, reason, sparedRunId);
      if (!isNoted) throw alreadyEnded(jobId);
      // It may just have gone on, and have read itself before that.
      await this.#active.cancel(jobId, reason, sparedRunId);
    }
    return this.get(jobId);
  }

  /**
   * A part of a step's log, from a byte offset on; at most 1 MiB. Empty before it has printed anything.
   * @throws JobError JOB_NOT_FOUND, STEP_NOT_FOUND
   */
  async readLog(jobId: string, stepName: string, offset: number): Promise<LogPart> {
    const { steps } = await this.#find(jobId);
    const step = steps.find(({ step_name }) => step_name === stepName);
    if (step !== undefined) return readStepLog(this.#context.workspace, step, offset);
    const names = steps.map(({ step_name }) => step_name).join(', ');
    const message = `job ${jobId} has no step '${stepName}': it has ${names}`;
    throw new JobError('STEP_NOT_FOUND', message);
  }

  /** Tells the growth of the logs of a job's steps among the changes. @returns what ends it. */
  followLogs(jobId: string): () => void {
    return this.#logs.follow(jobId);
  }

  /**
   * Notes what a step has written on the root run of its job, so that a later job that takes the
   * step's result has it as well.
   */
  async noteRootWrite(stepRunId: string, write: RootWrite): Promise<void> {
    const { reuse, now } = this.#context;
    await reuse.noteRootWrite(stepRunId, keptRootWrite(write, now()));
  }

  /** Resolves when the job has ended, or when the engine stops. */
  async waitFor(jobId: string): Promise<Job> {
    await this.#active.ended(jobId);
    return this.get(jobId);
  }

  /** Stops the steps that run; their jobs go on at the next start. */
  async stop(): Promise<void> {
    await this.#active.stop();
  }

  async #find(jobId: string): Promise<StoredJob> {
    const stored = await this.#context.store.find(jobId);
    if (stored !== null) return stored;
    const message = `no job has the id '${jobId}'; 'ridgeline job list' shows those there are`;
    throw new JobError('JOB_NOT_FOUND', message);
  }

  async #describe(stored: StoredJob): Promise<Job> {
    const { job_id: jobId } = stored.job;
    return describeJob(stored, (await rootVerdicts(this.#context, [jobId])).get(jobId));
  }
}

function builtInRunners({ secrets }: Workspace): Record<string, StepRunner> {
  return { local: new LocalRunner(), databricks: new DatabricksRunner({ secrets }) };
}

function newJobId(): string {
  return randomUUID().replaceAll('-', '');
}

function alreadyEnded(jobId: string): JobError {
  return new JobError('JOB_ALREADY_ENDED', `job ${jobId} has ended`);
}
