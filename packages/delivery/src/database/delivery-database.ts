// The workspace's database with the tables of delivery: what every part of the package reads and
// writes by.
import type { Workspace, WorkspaceTables } from '@ridgeline/workspace';
import type { Kysely, Transaction } from 'kysely';
import { type DeliveryTables, deliveryMigrations } from './delivery-tables.ts';

type AllTables = WorkspaceTables & DeliveryTables;
export type DeliveryReader = Kysely<AllTables>;
export type DeliveryWriter = Transaction<AllTables>;

export class DeliveryDatabase {
  readonly #database: Workspace['database'];
  readonly reader: DeliveryReader;

  private constructor(database: Workspace['database']) {
    this.#database = database;
    this.reader = database.kysely.withTables<DeliveryTables>();
  }

  /** Brings the tables up to date. @throws RidgelineError DATABASE_TOO_NEW, MIGRATION_FAILED */
  static async open(database: Workspace['database']): Promise<DeliveryDatabase> {
    await database.migrate('delivery', deliveryMigrations);
    return new DeliveryDatabase(database);
  }

  /** Several reads that all see the same commit. */
  async read<T>(work: (tables: DeliveryReader) => Promise<T>): Promise<T> {
    return this.#database.read((transaction) => work(transaction.withTables<DeliveryTables>()));
  }

  /** All of the work, or nothing. */
  async write<T>(work: (tables: DeliveryWriter) => Promise<T>): Promise<T> {
    return this.#database.write((transaction) => work(transaction.withTables<DeliveryTables>()));
  }
}
