// How jobs are read: what they are, and what their steps have printed. Nothing changes here.
import type { LogWatches } from '@ridgeline/workspace';
import { JobError } from '../errors.ts';
import { describeJob } from '../job/describe-job.ts';
import type { Job } from '../job/job.ts';
import type { JobFilter, StoredJob } from '../job/job-store.ts';
import type { LogPart } from '../step/step-log.ts';
import type { EngineContext } from './engine-context.ts';
import { logWatches } from './log-watches.ts';
import { rootVerdicts } from './root-run.ts';
import { readStepLog } from './step-log-reader.ts';

export class JobFinder {
  readonly #context: EngineContext;
  readonly #logs: LogWatches;

  constructor(context: EngineContext) {
    this.#context = context;
    this.#logs = logWatches(context);
  }

  /** @throws JobError JOB_NOT_FOUND */
  async get(jobId: string): Promise<Job> {
    return this.describe(await this.find(jobId));
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
   * A part of a step's log, from a byte offset on; at most 1 MiB. Empty before it has printed anything.
   * @throws JobError JOB_NOT_FOUND, STEP_NOT_FOUND
   */
  async readLog(jobId: string, stepName: string, offset: number): Promise<LogPart> {
    const { steps } = await this.find(jobId);
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

  protected async find(jobId: string): Promise<StoredJob> {
    const stored = await this.#context.store.find(jobId);
    if (stored !== null) return stored;
    const message = `no job has the id '${jobId}'; 'ridgeline job list' shows those there are`;
    throw new JobError('JOB_NOT_FOUND', message);
  }

  protected async describe(stored: StoredJob): Promise<Job> {
    const { job_id: jobId } = stored.job;
    return describeJob(stored, (await rootVerdicts(this.#context, [jobId])).get(jobId));
  }
}
