// The rows in which runs claim locks, and whose turn it is among them.
import type { DatabaseSync } from 'node:sqlite';
import type { LockBehavior } from '../pipeline/pipeline.ts';
import { isAlive } from './process-identity.ts';

export interface ClaimRow {
  readonly id: number;
  readonly lock: string;
  readonly run: number;
  readonly stage: string;
  readonly behavior: LockBehavior;
  /** `waiting`, `held` or `superseded`. */
  readonly state: string;
  readonly pid: number;
  readonly ticks: string | null;
}

export const claimTable = `create table if not exists claims (id integer primary key, lock text, run integer,
  stage text, behavior text, state text, pid integer, ticks text)`;

/** Whoever holds it, and of those that wait the earlier run. */
export function standsBefore(other: ClaimRow, mine: ClaimRow): boolean {
  if (other.lock !== mine.lock || other.state === 'superseded') return false;
  if (other.state === 'held') return true;
  return other.run < mine.run || (other.run === mine.run && other.id < mine.id);
}

/** What dead processes have left is thrown away. */
export function livingClaims(database: DatabaseSync): readonly ClaimRow[] {
  const rows = database.prepare('select * from claims order by id').all() as unknown as ClaimRow[];
  const remove = database.prepare('delete from claims where id = ?');
  return rows.filter(({ id, pid, ticks }) => {
    const lives = isAlive({ pid, startedAtTicks: ticks });
    if (!lives) remove.run(id);
    return lives;
  });
}

/** Alone, and whole or not at all. */
export function inTurn<T>(database: DatabaseSync, work: () => T): T {
  database.exec('begin immediate');
  try {
    const result = work();
    database.exec('commit');
    return result;
  } catch (error) {
    database.exec('rollback');
    throw error;
  }
}
