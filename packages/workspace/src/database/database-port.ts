// What `Database` needs of a database system. Each system has an adapter, and no noun sees which:
// sqlite-port.ts and postgres-port.ts.
import type { Kysely, Transaction } from 'kysely';
import type { EngineLease } from './engine-lease.ts';
import type { ServerChannel } from './server-channel.ts';

export type Work<Tables, T> = (transaction: Transaction<Tables>) => Promise<T>;

export interface DatabasePort<Tables> {
  /** For reading only; each query sees the last commit. A write through it fails. */
  readonly kysely: Kysely<Tables>;
  /** One transaction. Until it ends, no other of any process writes. */
  write<T>(work: Work<Tables, T>): Promise<T>;
  /** One transaction whose reads all see the same commit. */
  read<T>(work: Work<Tables, T>): Promise<T>;
  /** As `read`, for what may take long: it keeps nobody else waiting. */
  readAside<T>(work: Work<Tables, T>): Promise<T>;
  /** The right to run the engines on it. */
  lease(): EngineLease;
  /** Null where no other server can have it open. */
  channel(): ServerChannel | null;
  /** Once nothing is asked for any more. */
  close(): Promise<void>;
}
