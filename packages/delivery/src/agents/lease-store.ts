// Writes down who has the right to run which job. What it says of a job is one commit with the job's
// own row.

import type { Change } from '../builds/store/build-store.ts';
import type { AgentLeaseTable } from '../database/agent-tables.ts';
import type { DeliveryDatabase } from '../database/delivery-database.ts';

export type LeaseRow = Readonly<AgentLeaseTable>;
export type LeaseEnd = 'ended' | 'givenUp' | 'handedBack';

export class LeaseStore {
  readonly #database: DeliveryDatabase;
  readonly #now: () => number;

  constructor(database: DeliveryDatabase, now: () => number) {
    this.#database = database;
    this.#now = now;
  }

  /** Those that an earlier server has left. */
  async open(): Promise<readonly LeaseRow[]> {
    const query = this.#database.reader.selectFrom('agent_leases').selectAll();
    return query.where('ended_at', 'is', null).execute();
  }

  async find(id: string): Promise<LeaseRow | undefined> {
    const query = this.#database.reader.selectFrom('agent_leases').selectAll();
    return query.where('lease_id', '=', id).executeTakeFirst();
  }

  /** The oldest first, without those that nobody has begun. */
  async ofBuild(buildId: number): Promise<readonly LeaseRow[]> {
    const query = this.#database.reader.selectFrom('agent_leases').selectAll();
    const rows = await query.where('build_id', '=', buildId).orderBy('taken_at').execute();
    return rows.filter(({ end_kind }) => end_kind !== 'handedBack');
  }

  begin(row: LeaseRow): Change {
    return (tables) => tables.insertInto('agent_leases').values(row).execute();
  }

  end(id: string, kind: LeaseEnd): Change {
    const change = { ended_at: this.#now(), end_kind: kind };
    return (tables) =>
      tables
        .updateTable('agent_leases')
        .set(change)
        .where('lease_id', '=', id)
        .where('ended_at', 'is', null)
        .execute();
  }
}
