// The columns for steps of many kinds, for queues, retries and reuse. A job of before them was one
// of command steps on the local compute, submitted by the API.
import type { Kysely } from 'kysely';

export async function addStepKinds(database: Kysely<unknown>): Promise<void> {
  const { schema } = database;
  const texts = { properties: '{}', submitted_by: '', source: 'api', pipeline_name: '' };
  for (const [name, value] of Object.entries(texts)) {
    await schema
      .alterTable('jobs')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(value))
      .execute();
  }
  const words = { type: 'command', compute: 'local', priority: 'medium' };
  for (const [name, value] of Object.entries(words)) {
    await schema
      .alterTable('job_steps')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(value))
      .execute();
  }
  await schema
    .alterTable('job_steps')
    .addColumn('retries', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await schema.alterTable('job_steps').addColumn('retry_at', 'bigint').execute();
  for (const name of optionalTexts) {
    await schema.alterTable('job_steps').addColumn(name, 'text').execute();
  }
  await addIndexes(database);
  await createRootWrites(database);
}

const optionalTexts = [
  'parent',
  'spec',
  'decision',
  'fingerprint',
  'fingerprint_parts',
  'reused_from_job',
  'reused_from_run',
  'result',
];

async function addIndexes({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createIndex('job_steps_by_fingerprint')
    .on('job_steps')
    .column('fingerprint')
    .execute();
  await schema.createIndex('job_steps_by_run').on('job_steps').column('run_id').execute();
  await schema
    .createIndex('jobs_by_pipeline')
    .on('jobs')
    .columns(['pipeline_name', 'sequence'])
    .execute();
}

async function createRootWrites({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('job_root_writes')
    .addColumn('step_run_id', 'varchar(32)', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('entry', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('job_root_writes_key', ['step_run_id', 'sequence'])
    .execute();
}
