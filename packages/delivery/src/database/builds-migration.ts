// Makes the tables of delivery pipelines and builds.
import type { Migration } from '@ridgeline/workspace';
import type { CreateTableBuilder, Kysely } from 'kysely';

type Columns = Readonly<Record<string, 'text' | 'integer' | 'bigint' | 'text?' | 'bigint?'>>;

export const buildsMigration: Migration = {
  name: '0002_builds',
  async up(database) {
    await createPipelines(database);
    await createBuilds(database);
    await createParts(database);
    await createApprovals(database);
    await createIndexes(database);
  },
};

async function createPipelines(database: Kysely<unknown>): Promise<void> {
  const table = database.schema
    .createTable('delivery_pipelines')
    .addColumn('pipeline_id', 'integer', (column) => column.primaryKey().autoIncrement())
    .addColumn('name_key', 'text', (column) => column.notNull().unique());
  await withColumns(table, {
    name: 'text',
    location: 'text',
    branch: 'text',
    yaml_path: 'text',
    variables: 'text',
    repositories: 'text',
    enabled: 'integer',
    keep_builds: 'integer',
    created_by: 'text',
    created_at: 'bigint',
    updated_at: 'bigint',
  }).execute();
}

async function createBuilds(database: Kysely<unknown>): Promise<void> {
  const table = database.schema
    .createTable('builds')
    .addColumn('build_id', 'integer', (column) => column.primaryKey());
  await withColumns(table, {
    pipeline_id: 'integer',
    pipeline_name: 'text',
    build_number: 'text',
    status: 'text',
    result: 'text?',
    reason: 'text',
    branch: 'text',
    commit_id: 'text',
    commit_message: 'text',
    requested_by: 'text',
    tags: 'text',
    attempt: 'integer',
    parameters: 'text',
    variables: 'text',
    triggered_by: 'bigint?',
    issues: 'text',
    secret_prefix: 'text',
    queued_at: 'bigint',
    started_at: 'bigint',
    ended_at: 'bigint?',
  }).execute();
}

async function createParts(database: Kysely<unknown>): Promise<void> {
  const plans = { final_yaml: 'text', expanded: 'text', facts: 'text', outline: 'text' } as const;
  await withColumns(ofBuild(database, 'build_plans'), plans)
    .addPrimaryKeyConstraint('build_plans_key', ['build_id'])
    .execute();
  await withColumns(ofBuild(database, 'build_snapshots'), { snapshot: 'text' })
    .addPrimaryKeyConstraint('build_snapshots_key', ['build_id'])
    .execute();
  await createJobs(database);
  await createCounters(database);
}

async function createJobs(database: Kysely<unknown>): Promise<void> {
  await withColumns(ofBuild(database, 'build_jobs'), {
    job_id: 'text',
    stage: 'text',
    job: 'text',
    display_name: 'text',
    attempt: 'integer',
    state: 'text',
    result: 'text?',
    mark: 'text?',
    problem: 'text?',
    queued_at: 'bigint',
    started_at: 'bigint?',
    ended_at: 'bigint?',
  })
    .addPrimaryKeyConstraint('build_jobs_key', ['build_id', 'job_id'])
    .execute();
  await withColumns(ofBuild(database, 'build_steps'), {
    log: 'integer',
    job_id: 'text',
    step_id: 'text',
    position: 'integer',
    record: 'text',
    log_file: 'text?',
  })
    .addPrimaryKeyConstraint('build_steps_key', ['build_id', 'log'])
    .execute();
}

async function createCounters(database: Kysely<unknown>): Promise<void> {
  const counters = database.schema.createTable('build_counters');
  await withColumns(counters, {
    pipeline_id: 'integer',
    kind: 'text',
    prefix: 'text',
    value: 'bigint',
  })
    .addPrimaryKeyConstraint('build_counters_key', ['pipeline_id', 'kind', 'prefix'])
    .execute();
  const events = { build_id: 'integer', at: 'bigint', kind: 'text', details: 'text' } as const;
  await withColumns(counted(database, 'build_events', 'sequence'), events).execute();
  const findings = { build_id: 'integer', kind: 'text', details: 'text' } as const;
  await withColumns(counted(database, 'build_findings', 'finding_id'), findings).execute();
}

async function createApprovals(database: Kysely<unknown>): Promise<void> {
  await withColumns(counted(database, 'build_approvals', 'approval_id'), {
    build_id: 'integer',
    question: 'text',
    kind: 'text',
    stage: 'text',
    attempt: 'integer',
    about: 'text',
    instructions: 'text',
    approvers: 'text',
    minimum: 'integer',
    requester_can_approve: 'integer',
    state: 'text',
    decisions: 'text',
    asked_at: 'bigint',
    due_at: 'bigint',
    ended_at: 'bigint?',
  })
    .addUniqueConstraint('build_approvals_once', ['build_id', 'question'])
    .execute();
}

async function createIndexes({ schema }: Kysely<unknown>): Promise<void> {
  await schema.createIndex('builds_by_status').on('builds').column('status').execute();
  const byPipeline = schema.createIndex('builds_by_pipeline').on('builds');
  await byPipeline.columns(['pipeline_id', 'build_id']).execute();
  await schema.createIndex('build_events_by_build').on('build_events').column('build_id').execute();
  const findings = schema.createIndex('build_findings_by_build').on('build_findings');
  await findings.column('build_id').execute();
}

function ofBuild(database: Kysely<unknown>, table: string): CreateTableBuilder<string, string> {
  const made: CreateTableBuilder<string, string> = database.schema.createTable(table);
  return made.addColumn('build_id', 'integer', (column) =>
    column.notNull().references('builds.build_id'),
  );
}

function counted(
  database: Kysely<unknown>,
  table: string,
  key: string,
): CreateTableBuilder<string, string> {
  const made: CreateTableBuilder<string, string> = database.schema.createTable(table);
  return made.addColumn(key, 'integer', (column) => column.primaryKey().autoIncrement());
}

/** `?`: it may be null. */
function withColumns(
  table: CreateTableBuilder<string, string>,
  columns: Columns,
): CreateTableBuilder<string, string> {
  return Object.entries(columns).reduce((made, [name, type]) => {
    const base = type === 'integer' ? 'integer' : type.startsWith('bigint') ? 'bigint' : 'text';
    return made.addColumn(name, base, (column) => (type.endsWith('?') ? column : column.notNull()));
  }, table);
}
