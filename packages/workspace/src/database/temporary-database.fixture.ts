// For tests: a workspace database of its own, opened before each test and gone after it: a file, or
// the schema that RIDGELINE_DATABASE names where the tests run on Postgres.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import {
  databaseVariable,
  openWorkspaceDatabase,
  type WorkspaceDatabase,
} from './open-workspace-database.ts';

export interface TemporaryDatabase {
  /** The database's file or address. */
  readonly place: string;
  /** A folder for what else a test needs, gone after it. */
  readonly folder: string;
  readonly database: WorkspaceDatabase;
  /** Closes the file and opens it again, as a restart does. */
  reopen(): Promise<WorkspaceDatabase>;
}

/** Where the database of a test with this folder lies. */
export function databasePlace(folder: string): string {
  return process.env[databaseVariable] ?? join(folder, 'workspace.db');
}

let count = 0;

/** The same, for a database without any tables. */
export function emptyDatabasePlace(folder: string): string {
  count += 1;
  const address = process.env[databaseVariable];
  if (address === undefined) return join(folder, `empty-${count}.db`);
  // The rest of the name is what the tests' schemas are known by, to be dropped after the file.
  return `${address}_${count}`;
}

export function useTemporaryDatabase(): TemporaryDatabase {
  let folder = '';
  let database: WorkspaceDatabase | undefined;
  const place = () => databasePlace(folder);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ridgeline-'));
    database = await openWorkspaceDatabase(place());
  });

  afterEach(async () => {
    await database?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    get place() {
      return place();
    },
    get folder() {
      return folder;
    },
    get database() {
      if (database === undefined) throw new Error('there is a database only within a test');
      return database;
    },
    async reopen() {
      await database?.close();
      database = await openWorkspaceDatabase(place());
      return database;
    },
  };
}
