// For tests: a workspace database in a folder of its own, opened before each test and gone after it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { openWorkspaceDatabase, type WorkspaceDatabase } from './open-workspace-database.ts';

export interface TemporaryDatabase {
  /** Path of the database file. */
  readonly file: string;
  readonly database: WorkspaceDatabase;
  /** Closes the file and opens it again, as a restart does. */
  reopen(): Promise<WorkspaceDatabase>;
}

export function useTemporaryDatabase(): TemporaryDatabase {
  let folder = '';
  let database: WorkspaceDatabase | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ridgeline-'));
    database = await openWorkspaceDatabase(join(folder, 'workspace.db'));
  });

  afterEach(async () => {
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    get file() {
      return join(folder, 'workspace.db');
    },
    get database() {
      if (database === undefined) throw new Error('there is a database only within a test');
      return database;
    },
    async reopen() {
      await database?.close();
      database = await openWorkspaceDatabase(join(folder, 'workspace.db'));
      return database;
    },
  };
}
