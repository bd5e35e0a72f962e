// Opens the database of a workspace with all tables of this package up to date.
import { Database } from './database.ts';
import { workspaceMigrations } from './migrations.ts';
import type { WorkspaceTables } from './tables.ts';

/** Names the database where the caller does not: an address of Postgres, with its password if need be. */
export const databaseVariable = 'RIDGELINE_DATABASE';

export type WorkspaceDatabase = Database<WorkspaceTables>;

/**
 * @param place path of the SQLite file, whose folder must exist; or `postgres://…`
 * @throws RidgelineError DATABASE_CANNOT_OPEN, DATABASE_CORRUPT, DATABASE_TOO_NEW, DATABASE_BUSY,
 *   DATABASE_ADDRESS_INVALID, DATABASE_UNREACHABLE
 */
export async function openWorkspaceDatabase(place: string): Promise<WorkspaceDatabase> {
  const database = await Database.open<WorkspaceTables>(place);
  try {
    await database.migrate('workspace', workspaceMigrations);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
