// The face of the engine: jobs come in here, and are cancelled here. What it promises:
// a job that was accepted comes to an end, through however many servers.
import { randomUUID } from 'node:crypto';
import type { Workspace } from '@ridgeline/workspace';
import { DatabricksRunner } from '../databricks/databricks-runner.ts';
import { JobError } from '../errors.ts';
import { hasEnded, type Job } from '../job/job.ts';
import { JobStore } from '../job/job-store.ts';
import { StepQueue } from '../queue/step-queue.ts';
import { ReuseStore } from '../reuse/reuse-store.ts';
import { keptRootWrite, type RootWrite } from '../reuse/root-write.ts';
import { LocalRunner } from '../runner/local-runner.ts';
import type { StepRunner } from '../runner/step-runner.ts';
import { resolveSubmission } from '../submission/resolve-submission.ts';
import { type JobSubmission, modelsOf, type SubmittedBy } from '../submission/submission.ts';
import { ActiveJobs } from './active-jobs.ts';
import type { EngineContext, EngineLimits } from './engine-context.ts';
import { JobFinder } from './job-finder.ts';
import { newJob } from './new-job.ts';

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

export class JobEngine extends JobFinder {
  readonly #context: EngineContext;
  readonly #active: ActiveJobs;

  private constructor(context: EngineContext, options: JobEngineOptions) {
    super(context);
    this.#context = context;
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
    if (earlier !== null) return this.describe(earlier);
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
    const { job } = await this.find(jobId);
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
