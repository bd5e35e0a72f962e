// The tables of schedules. Structured values are JSON text, times are milliseconds since 1970.
import type { Kysely } from 'kysely';
import type { JobTables } from '../job/job-tables.ts';
import type { FiringStatus } from './schedule.ts';

export type ScheduleTables = JobTables & {
  readonly schedules: ScheduleTable;
  readonly schedule_firings: FiringTable;
};

export interface ScheduleTable {
  /** A schedule that is deleted and made anew has another. */
  schedule_id: string;
  name: string;
  definition: string;
  enabled: number;
  /** How far it has looked; what that is, its trigger knows. */
  cursor: string;
  error_code: string | null;
  error_message: string | null;
  created_by: string;
  created_at: number;
  updated_at: number;
}

export interface FiringTable {
  /** Also the id of the job that it makes: so it makes one only. */
  firing_id: string;
  /** Counts up with each firing. */
  sequence: number;
  schedule_id: string;
  /** What happened: nothing makes a schedule fire twice. */
  event_key: string;
  status: FiringStatus;
  due_at: number;
  noted_at: number;
  reason: string;
  /** What the expressions of the schedule stand for. */
  facts: string;
  job_id: string | null;
  error_code: string | null;
  error_message: string | null;
}

async function createScheduleTables(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('schedules')
    .addColumn('schedule_id', 'varchar(32)', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull().unique())
    .addColumn('definition', 'text', (column) => column.notNull())
    .addColumn('enabled', 'integer', (column) => column.notNull())
    .addColumn('cursor', 'text', (column) => column.notNull())
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addColumn('created_by', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('updated_at', 'bigint', (column) => column.notNull())
    .execute();
  await createFirings(database);
  await database.schema.createIndex('jobs_by_end').on('jobs').column('ended_at').execute();
}

async function createFirings(database: Kysely<unknown>): Promise<void> {
  await database.schema
    .createTable('schedule_firings')
    .addColumn('firing_id', 'varchar(32)', (column) => column.primaryKey())
    .addColumn('sequence', 'bigint', (column) => column.notNull().unique())
    .addColumn('schedule_id', 'varchar(32)', (column) =>
      column.notNull().references('schedules.schedule_id'),
    )
    .addColumn('event_key', 'text', (column) => column.notNull())
    .addColumn('status', 'varchar(16)', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addColumn('noted_at', 'bigint', (column) => column.notNull())
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('facts', 'text', (column) => column.notNull())
    .addColumn('job_id', 'varchar(32)')
    .addColumn('error_code', 'text')
    .addColumn('error_message', 'text')
    .addUniqueConstraint('schedule_firings_once', ['schedule_id', 'event_key'])
    .execute();
  const index = database.schema.createIndex('schedule_firings_by_status');
  await index.on('schedule_firings').column('status').execute();
}

export const scheduleMigrations = [{ name: '0001_schedules', up: createScheduleTables }] as const;
