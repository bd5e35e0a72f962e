// Finds the earlier steps that a step can be compared with, and keeps what steps have written on the
// root runs of their jobs.
import type { Workspace } from '@ridgeline/workspace';
import type { JobStatus } from '../job/job.ts';
import type { JobTables } from '../job/job-tables.ts';
import type { RootWrite } from './root-write.ts';

export interface EarlierStep {
  readonly jobId: string;
  readonly runId: string;
  readonly status: JobStatus;
  readonly fingerprint: string | null;
  /** As JSON. */
  readonly parts: string;
  readonly endedAtMs: number;
  /** Where it has its result from itself. */
  readonly origin: { readonly jobId: string; readonly runId: string } | null;
}

/** A step that writes so often, or so much at once (in characters), on its root run is never reused. */
const maxRootWrites = 1_000;
const maxRootWriteLength = 128 * 1024;

const candidates = 5;

export class ReuseStore {
  readonly #database: Workspace['database'];

  constructor(database: Workspace['database']) {
    this.#database = database;
  }

  /** Steps of other jobs that have completed with this fingerprint, the newest first. */
  async findCompleted(fingerprint: string, jobId: string): Promise<readonly EarlierStep[]> {
    const rows = await this.#steps()
      .where('job_steps.fingerprint', '=', fingerprint)
      .where('job_steps.status', '=', 'Completed')
      .where('job_steps.job_id', '!=', jobId)
      .orderBy('job_steps.ended_at', 'desc')
      .limit(candidates)
      .execute();
    return rows.map(toEarlierStep);
  }

  /** The same step in the newest other job of that name that has come to it; null where there is none. */
  async findLatest(
    stepName: string,
    pipelineName: string,
    jobId: string,
  ): Promise<EarlierStep | null> {
    const row = await this.#steps()
      .innerJoin('jobs', 'jobs.job_id', 'job_steps.job_id')
      .where('jobs.pipeline_name', '=', pipelineName)
      .where('job_steps.step_name', '=', stepName)
      .where('job_steps.job_id', '!=', jobId)
      .orderBy('jobs.sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    return row === undefined ? null : toEarlierStep(row);
  }

  /** Adds what a step has written; of one that writes too much it only keeps that it did. */
  async noteRootWrite(stepRunId: string, write: RootWrite): Promise<void> {
    const entry = JSON.stringify(write);
    await this.#database.write(async (transaction) => {
      const tables = transaction.withTables<JobTables>();
      const { last } = await tables
        .selectFrom('job_root_writes')
        .select(({ fn }) => fn.max('sequence').as('last'))
        .where('step_run_id', '=', stepRunId)
        .executeTakeFirstOrThrow();
      const next = Number(last ?? 0) + 1;
      if (next > maxRootWrites) return;
      const isTooMuch = next === maxRootWrites || entry.length > maxRootWriteLength;
      const row = isTooMuch ? { sequence: maxRootWrites, entry: '{}' } : { sequence: next, entry };
      const insert = tables
        .insertInto('job_root_writes')
        .values({ step_run_id: stepRunId, ...row });
      await insert.execute();
    });
  }

  /** In the order they were made; null where there was too much to keep. */
  async rootWrites(stepRunId: string): Promise<readonly RootWrite[] | null> {
    const rows = await this.#reader()
      .selectFrom('job_root_writes')
      .select(['sequence', 'entry'])
      .where('step_run_id', '=', stepRunId)
      .orderBy('sequence')
      .execute();
    if ((rows.at(-1)?.sequence ?? 0) >= maxRootWrites) return null;
    return rows.map(({ entry }) => JSON.parse(entry));
  }

  #steps() {
    return this.#reader()
      .selectFrom('job_steps')
      .select([
        'job_steps.job_id',
        'job_steps.run_id',
        'job_steps.status',
        'job_steps.fingerprint',
        'job_steps.fingerprint_parts',
        'job_steps.ended_at',
        'job_steps.reused_from_job',
        'job_steps.reused_from_run',
      ])
      .where('job_steps.run_id', 'is not', null)
      .where('job_steps.fingerprint_parts', 'is not', null);
  }

  #reader() {
    return this.#database.kysely.withTables<JobTables>();
  }
}

interface Row {
  readonly job_id: string;
  readonly run_id: string | null;
  readonly status: JobStatus;
  readonly fingerprint: string | null;
  readonly fingerprint_parts: string | null;
  readonly ended_at: number | null;
  readonly reused_from_job: string | null;
  readonly reused_from_run: string | null;
}

function toEarlierStep(row: Row): EarlierStep {
  const { reused_from_job: jobId, reused_from_run: runId } = row;
  return {
    jobId: row.job_id,
    runId: row.run_id ?? '',
    status: row.status,
    fingerprint: row.fingerprint,
    parts: row.fingerprint_parts ?? '{}',
    endedAtMs: row.ended_at ?? 0,
    origin: jobId === null || runId === null ? null : { jobId, runId },
  };
}
