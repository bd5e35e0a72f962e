// The tables of the job engine. Structured values are JSON text, times are milliseconds since 1970.
import type { Kysely } from 'kysely';
import type { JobFailureCode, JobStatus, StepPriority, StepType } from './job.ts';
import { addStepKinds } from './step-kinds-migration.ts';

// A type and no interface: Kysely wants what it can index by any table's name.
export type JobTables = {
  readonly jobs: JobTable;
  readonly job_steps: JobStepTable;
  readonly job_root_writes: RootWriteTable;
};

export interface JobTable {
  /** Also the id of the root run. */
  job_id: string;
  /** Counts up with each job: jobs made in the same millisecond keep their order. */
  sequence: number;
  type: 'pipeline' | 'command' | 'sweep' | 'parallel' | 'automl';
  display_name: string;
  description: string;
  experiment_id: string;
  experiment_name: string;
  status: JobStatus;
  /** The definition as it was submitted, so that a job taken up again is read as at first. */
  submission: string;
  /** What its data and model inputs stood for when it was submitted. */
  resolved_inputs: string;
  inputs: string;
  tags: string;
  properties: string;
  /** Who has submitted it: the name of a person, a service principal or a token. */
  submitted_by: string;
  /** What has submitted it: `api`, `cli`, `schedule:NAME`, `pipeline:ID`. */
  source: string;
  /** What its definition calls itself: earlier jobs of the same name are those to compare with. */
  pipeline_name: string;
  error_code: JobFailureCode | null;
  error_message: string | null;
  cancel_requested: number;
  cancel_reason: string | null;
  /** The run of the step that asked for the cancel itself, and may come to its own end. */
  cancel_spared_run_id: string | null;
  created_at: number;
  started_at: number | null;
  ended_at: number | null;
}

export interface JobStepTable {
  job_id: string;
  step_name: string;
  /** The place of the step in the definition. */
  position: number;
  display_name: string;
  status: JobStatus;
  run_id: string | null;
  attempt: number;
  /** Where the attempt finds the server: after a move it could not, and is started anew. */
  tracking_url: string | null;
  exit_code: number | null;
  error_code: JobFailureCode | null;
  error_message: string | null;
  started_at: number | null;
  ended_at: number | null;
  type: StepType;
  /** The composite step that has made this one while the job ran; null for one of the definition. */
  parent: string | null;
  /** The step itself, as JSON, where it was made while the job ran; else the definition has it. */
  spec: string | null;
  compute: string;
  priority: StepPriority;
  /** How often it was tried again after it had failed. */
  retries: number;
  /** When it may be tried again; null where it does not wait for that. */
  retry_at: number | null;
  /** Why it ran, or why it did not have to. */
  decision: string | null;
  /** Of all that its result depends on; null where it was never asked for. */
  fingerprint: string | null;
  /** What the fingerprint was made of, as JSON, so that a later step can tell what has changed. */
  fingerprint_parts: string | null;
  reused_from_job: string | null;
  reused_from_run: string | null;
  /** What a composite step has come to, as JSON, such as the value of a condition. */
  result: string | null;
}

/** What a step has written on the root run of its job, so that a step that reuses it can as well. */
export interface RootWriteTable {
  step_run_id: string;
  /** Counts up from 1. */
  sequence: number;
  /** Metrics, params and tags, as JSON. */
  entry: string;
}

async function createJobTables(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('jobs')
    .addColumn('job_id', 'varchar(32)', (column) => column.primaryKey())
    .addColumn('sequence', 'bigint', (column) => column.notNull().unique())
    .addColumn('type', 'varchar(16)', (column) => column.notNull())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('experiment_id', 'text', (column) => column.notNull())
    .addColumn('experiment_name', 'text', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('submission', 'text', (column) => column.notNull())
    .addColumn('resolved_inputs', 'text', (column) => column.notNull())
    .addColumn('inputs', 'text', (column) => column.notNull())
    .addColumn('tags', 'text', (column) => column.notNull())
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('cancel_requested', 'integer', (column) => column.notNull())
    .addColumn('cancel_reason', 'text')
    .addColumn('cancel_spared_run_id', 'varchar(32)')
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .execute();
  await database.schema
    .createTable('job_steps')
    .addColumn('job_id', 'varchar(32)', (column) => column.notNull().references('jobs.job_id'))
    .addColumn('step_name', 'text', (column) => column.notNull())
    .addColumn('position', 'integer', (column) => column.notNull())
    .addColumn('display_name', 'text', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('run_id', 'varchar(32)')
    .addColumn('attempt', 'integer', (column) => column.notNull())
    .addColumn('tracking_url', 'text')
    .addColumn('exit_code', 'integer')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('started_at', 'bigint')
    .addColumn('ended_at', 'bigint')
    .addPrimaryKeyConstraint('job_steps_key', ['job_id', 'step_name'])
    .execute();
  await database.schema.createIndex('jobs_by_status').on('jobs').column('status').execute();
}

export const jobMigrations = [
  { name: '0001_jobs', up: createJobTables },
  { name: '0002_step_kinds', up: addStepKinds },
] as const;
