// Opens the database file of a workspace with all tables of this package up to date.
import { Database } from './database.ts';
import { workspaceMigrations } from './migrations.ts';
import type { WorkspaceTables } from './tables.ts';

export type WorkspaceDatabase = Database<WorkspaceTables>;

/**
 * @param file path of the SQLite file; its folder must exist.
 * @throws RidgelineError DATABASE_CANNOT_OPEN, DATABASE_CORRUPT, DATABASE_TOO_NEW, DATABASE_BUSY
 */
export async function openWorkspaceDatabase(file: string): Promise<WorkspaceDatabase> {
  const database = await Database.open<WorkspaceTables>(file);
  try {
    await database.migrate('workspace', workspaceMigrations);
    return database;
  } catch (error) {
    await database.close();
    throw error;
  }
}
