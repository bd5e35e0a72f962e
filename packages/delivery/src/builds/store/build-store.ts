// Writes builds down. What belongs together is one commit: a snapshot and what it says has happened.
import { type ChangeSink, silent } from '@ridgeline/workspace';
import type { Insertable, Selectable, Updateable } from 'kysely';
import type {
  BuildApprovalTable,
  BuildJobTable,
  BuildPlanTable,
  BuildStepTable,
  BuildTable,
} from '../../database/build-tables.ts';
import type { DeliveryDatabase, DeliveryWriter } from '../../database/delivery-database.ts';
import { DeliveryError } from '../../errors.ts';
import type { BuildEvent } from '../build-event.ts';

export type BuildRow = Selectable<BuildTable>;
export type JobRow = Selectable<BuildJobTable>;
export type StepRow = Selectable<BuildStepTable>;
export type ApprovalRow = Selectable<BuildApprovalTable>;
export type PlanRow = Selectable<BuildPlanTable>;

/** Part of a commit. */
export type Change = (tables: DeliveryWriter) => Promise<unknown>;

export class BuildStore {
  readonly database: DeliveryDatabase;
  readonly now: () => number;
  readonly #changes: ChangeSink;

  constructor(database: DeliveryDatabase, now: () => number, changes: ChangeSink = silent) {
    this.database = database;
    this.now = now;
    this.#changes = changes;
  }

  /** All of them or none, in their order; of this build. */
  async commit(id: number, changes: readonly Change[]): Promise<void> {
    if (changes.length === 0) return;
    await this.database.write(async (tables) => {
      for (const change of changes) await change(tables);
    });
    this.told(id);
  }

  /** That something of the build has changed, and is on disk. */
  told(id: number): void {
    this.#changes.publish({ kind: 'build', buildId: String(id) });
  }

  /** @throws DeliveryError BUILD_NOT_FOUND */
  async get(id: string): Promise<BuildRow> {
    const query = this.database.reader.selectFrom('builds').selectAll();
    const row = isId(id)
      ? await query.where('build_id', '=', Number(id)).executeTakeFirst()
      : undefined;
    if (row !== undefined) return row;
    const message = `there is no build '${id}'; list them with 'ridgeline build list'`;
    throw new DeliveryError('BUILD_NOT_FOUND', message);
  }

  async unfinished(): Promise<readonly BuildRow[]> {
    const query = this.database.reader.selectFrom('builds').selectAll();
    return query.where('status', '!=', 'completed').orderBy('build_id').execute();
  }

  async plan(id: number): Promise<PlanRow> {
    const query = this.database.reader.selectFrom('build_plans').selectAll();
    return query.where('build_id', '=', id).executeTakeFirstOrThrow();
  }

  async snapshot(id: number): Promise<string> {
    const query = this.database.reader.selectFrom('build_snapshots').select('snapshot');
    return (await query.where('build_id', '=', id).executeTakeFirstOrThrow()).snapshot;
  }

  async jobs(id: number): Promise<readonly JobRow[]> {
    const query = this.database.reader.selectFrom('build_jobs').selectAll();
    return query.where('build_id', '=', id).orderBy('queued_at').orderBy('job_id').execute();
  }

  async steps(id: number): Promise<readonly StepRow[]> {
    const query = this.database.reader.selectFrom('build_steps').selectAll();
    return query.where('build_id', '=', id).orderBy('log').execute();
  }

  async approvals(id: number): Promise<readonly ApprovalRow[]> {
    const query = this.database.reader.selectFrom('build_approvals').selectAll();
    return query.where('build_id', '=', id).orderBy('approval_id').execute();
  }

  insertBuild(row: Insertable<BuildTable>): Change {
    return (tables) => tables.insertInto('builds').values(row).execute();
  }

  updateBuild(id: number, change: Updateable<BuildTable>): Change {
    return (tables) =>
      tables.updateTable('builds').set(change).where('build_id', '=', id).execute();
  }

  putSnapshot(id: number, snapshot: string): Change {
    return (tables) =>
      tables
        .insertInto('build_snapshots')
        .values({ build_id: id, snapshot })
        .onConflict((conflict) => conflict.column('build_id').doUpdateSet({ snapshot }))
        .execute();
  }

  /** One that is there already is begun anew. */
  putJob(row: Insertable<BuildJobTable>): Change {
    return (tables) =>
      tables
        .insertInto('build_jobs')
        .values(row)
        .onConflict((conflict) => conflict.columns(['build_id', 'job_id']).doUpdateSet(row))
        .execute();
  }

  updateJob(id: number, jobId: string, change: Updateable<BuildJobTable>): Change {
    return (tables) =>
      tables
        .updateTable('build_jobs')
        .set(change)
        .where('build_id', '=', id)
        .where('job_id', '=', jobId)
        .execute();
  }

  putStep(row: Insertable<BuildStepTable>): Change {
    const { record, log_file, position } = row;
    return (tables) =>
      tables
        .insertInto('build_steps')
        .values(row)
        .onConflict((conflict) =>
          conflict.columns(['build_id', 'log']).doUpdateSet({ record, log_file, position }),
        )
        .execute();
  }

  addFinding(id: number, kind: 'tests' | 'coverage', details: unknown): Change {
    const row = { build_id: id, kind, details: JSON.stringify(details) };
    return (tables) => tables.insertInto('build_findings').values(row).execute();
  }

  event(id: number, kind: BuildEvent['kind'], details: BuildEvent['details'] = {}): Change {
    const row = { build_id: id, at: this.now(), kind, details: JSON.stringify(details) };
    return (tables) => tables.insertInto('build_events').values(row).execute();
  }
}

function isId(id: string): boolean {
  return /^[1-9]\d{0,14}$/.test(id);
}
