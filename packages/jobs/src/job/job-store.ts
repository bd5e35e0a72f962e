// Keeps the state of jobs and their steps. Every change is on disk before its promise resolves:
// the engine writes what it is about to do first, and does it then.
import { type ChangeSink, isShownExperiment, silent, type Workspace } from '@ridgeline/workspace';
import { type Kysely, sql, type Transaction } from 'kysely';
import { endedStatuses, type JobStatus } from './job.ts';
import { jobChanged, jobCreated, stepChanged } from './job-changes.ts';
import { type JobStepTable, type JobTable, type JobTables, jobMigrations } from './job-tables.ts';
import { readOfJob, readOfStep } from './readable-columns.ts';

export type JobRow = Readonly<JobTable>;
export type JobStepRow = Readonly<JobStepTable>;

/** A job that was just accepted. */
export interface NewJob {
  readonly job: Omit<JobRow, 'sequence'>;
  readonly steps: readonly JobStepRow[];
}

export interface StoredJob {
  readonly job: JobRow;
  /** In the definition's order. */
  readonly steps: readonly JobStepRow[];
}

/** What readers see of a job; the definition and such, which may be long, is left where it lies. */
export interface ReadableJob {
  readonly job: Pick<JobRow, (typeof readOfJob)[number]>;
  readonly steps: ReadonlyArray<Pick<JobStepRow, (typeof readOfStep)[number]>>;
}

export interface JobFilter {
  readonly experimentName?: string;
  readonly status?: JobStatus;
  /** What has submitted them, such as `pipeline:ID`. */
  readonly source?: string;
  /** The id of a user: jobs of experiments that they may not read are not among them. */
  readonly shownTo?: string | undefined;
  /** At most so many, the newest first. */
  readonly limit: number;
}

const idsAtOnce = 1_000;

export class JobStore {
  readonly #database: Workspace['database'];
  readonly #reader: Kysely<JobTables>;
  readonly #changes: ChangeSink;

  private constructor(database: Workspace['database'], changes: ChangeSink) {
    this.#database = database;
    this.#changes = changes;
    this.#reader = database.kysely.withTables<JobTables>();
  }

  static async open(
    database: Workspace['database'],
    changes: ChangeSink = silent,
  ): Promise<JobStore> {
    await database.migrate('jobs', jobMigrations);
    return new JobStore(database, changes);
  }

  async insert({ job, steps }: NewJob): Promise<StoredJob> {
    const stored = await this.#write(async (tables) => {
      const { last } = await tables
        .selectFrom('jobs')
        .select(({ fn }) => fn.max('sequence').as('last'))
        .executeTakeFirstOrThrow();
      const row = { ...job, sequence: Number(last ?? 0) + 1 };
      await tables.insertInto('jobs').values(row).execute();
      for (const step of steps) await tables.insertInto('job_steps').values(step).execute();
      return { job: row, steps };
    });
    this.#changes.publish(jobCreated(job));
    return stored;
  }

  /** Adds steps to a job that runs. Those that it has already stay as they are. */
  async insertSteps(steps: readonly JobStepRow[]): Promise<void> {
    await this.#write(async (tables) => {
      for (const step of steps) {
        const insert = tables.insertInto('job_steps').values(step);
        await insert.onConflict((conflict) => conflict.doNothing()).execute();
      }
    });
    for (const { job_id, step_name, status } of steps)
      this.#changes.publish(stepChanged(job_id, step_name, { status }));
  }

  /**
   * @param sparedRunId the run of a step that may come to its own end.
   * @returns false where the job has ended already; then nothing is noted.
   */
  async noteCancel(
    jobId: string,
    reason: string | null,
    sparedRunId: string | null,
  ): Promise<boolean> {
    const isNoted = await this.#write(async (tables) => {
      const { numUpdatedRows } = await tables
        .updateTable('jobs')
        .set({
          status: 'CancelRequested',
          cancel_requested: 1,
          cancel_reason: reason,
          cancel_spared_run_id: sparedRunId,
        })
        .where('job_id', '=', jobId)
        .where('status', 'not in', endedStatuses)
        .executeTakeFirstOrThrow();
      return numUpdatedRows > 0n;
    });
    if (isNoted) this.#changes.publish(jobChanged(jobId, { status: 'CancelRequested' }));
    return isNoted;
  }

  async updateJob(jobId: string, change: Partial<JobTable>): Promise<void> {
    await this.#write((tables) =>
      tables.updateTable('jobs').set(change).where('job_id', '=', jobId).execute(),
    );
    this.#changes.publish(jobChanged(jobId, change));
  }

  async updateStep(jobId: string, name: string, change: Partial<JobStepTable>): Promise<void> {
    await this.#write((tables) =>
      tables
        .updateTable('job_steps')
        .set(change)
        .where('job_id', '=', jobId)
        .where('step_name', '=', name)
        .execute(),
    );
    this.#changes.publish(stepChanged(jobId, name, change));
  }

  async find(jobId: string): Promise<StoredJob | null> {
    const query = this.#reader.selectFrom('jobs').selectAll().where('job_id', '=', jobId);
    const job = await query.executeTakeFirst();
    return job ? { job, steps: await this.#stepsOf([jobId]) } : null;
  }

  async list({
    experimentName,
    status,
    source,
    shownTo,
    limit,
  }: JobFilter): Promise<readonly ReadableJob[]> {
    let query = this.#reader.selectFrom('jobs').select(readOfJob);
    if (experimentName !== undefined) query = query.where('experiment_name', '=', experimentName);
    if (status !== undefined) query = query.where('status', '=', status);
    if (source !== undefined) query = query.where('source', '=', source);
    if (shownTo !== undefined) {
      const id = sql`cast(jobs.experiment_id as integer)`;
      query = query.where(isShownExperiment(id, shownTo));
    }
    const jobs = await query.orderBy('sequence', 'desc').limit(limit).execute();
    const steps = await this.#reader
      .selectFrom('job_steps')
      .select(readOfStep)
      .where(
        'job_id',
        'in',
        jobs.map((job) => job.job_id),
      )
      .orderBy('position')
      .execute();
    const byJob = Map.groupBy(steps, (step) => step.job_id);
    return jobs.map((job) => ({ job, steps: byJob.get(job.job_id) ?? [] }));
  }

  /** The jobs that a server which ended in their midst has left, the oldest first. */
  async listUnfinished(): Promise<readonly StoredJob[]> {
    const jobs = await this.#reader
      .selectFrom('jobs')
      .selectAll()
      .where('status', 'not in', endedStatuses)
      .orderBy('sequence')
      .execute();
    return this.#withSteps(jobs);
  }

  async #withSteps(jobs: readonly JobRow[]): Promise<readonly StoredJob[]> {
    const steps = await this.#stepsOf(jobs.map((job) => job.job_id));
    const byJob = Map.groupBy(steps, (step) => step.job_id);
    return jobs.map((job) => ({ job, steps: byJob.get(job.job_id) ?? [] }));
  }

  async #stepsOf(jobIds: readonly string[]): Promise<readonly JobStepRow[]> {
    const steps: JobStepRow[] = [];
    // A statement takes so many parameters and no more.
    for (let start = 0; start < jobIds.length; start += idsAtOnce) {
      const ids = jobIds.slice(start, start + idsAtOnce);
      const query = this.#reader.selectFrom('job_steps').selectAll().where('job_id', 'in', ids);
      steps.push(...(await query.orderBy('position').execute()));
    }
    return steps;
  }

  async #write<T>(work: (tables: Transaction<JobTables>) => Promise<T>): Promise<T> {
    return this.#database.write((transaction) => work(transaction.withTables<JobTables>()));
  }
}
