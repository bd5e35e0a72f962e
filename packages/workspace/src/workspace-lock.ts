// Keeps a second process out of a workspace. The lock is a transaction of SQLite on a file of its
// own: the operating system ends it with its process, however that dies, so it is never stale, and
// taking it cannot race. A file with a process id in it would be both; here it serves messages only.
//
// POSIX drops such a lock when its process closes the file a second time: nothing but SQLite may
// open it.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { RidgelineError } from './errors.ts';
import { cannotOpen, workspacePaths } from './workspace-folder.ts';

const sqliteBusy = 5;

export class WorkspaceLock {
  readonly #database: DatabaseSync;
  readonly #ownerFile: string;

  private constructor(database: DatabaseSync, ownerFile: string) {
    this.#database = database;
    this.#ownerFile = ownerFile;
  }

  /** @throws RidgelineError WORKSPACE_IN_USE, WORKSPACE_CANNOT_OPEN */
  static async take(folder: string): Promise<WorkspaceLock> {
    const { lock, lockOwner } = workspacePaths(folder);
    const database = await lockedDatabase(folder, lock, lockOwner);
    try {
      await writeFile(lockOwner, `${process.pid}\n`);
      return new WorkspaceLock(database, lockOwner);
    } catch (error) {
      database.close();
      throw cannotOpen(folder, error);
    }
  }

  async release(): Promise<void> {
    await rm(this.#ownerFile, { force: true });
    this.#database.close();
  }
}

async function lockedDatabase(
  folder: string,
  file: string,
  ownerFile: string,
): Promise<DatabaseSync> {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: 0 });
    database.exec('begin exclusive');
    return database;
  } catch (error) {
    database?.close();
    const busy = error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy;
    throw busy ? inUse(folder, await livingOwner(ownerFile)) : cannotOpen(folder, error);
  }
}

function inUse(folder: string, owner: number | null): RidgelineError {
  const who =
    owner === null
      ? 'another process'
      : owner === process.pid
        ? `this process (${owner}) itself`
        : `process ${owner}`;
  const advice = 'stop that first, or choose another folder';
  return new RidgelineError(
    'WORKSPACE_IN_USE',
    `workspace '${folder}' is in use by ${who}; ${advice}`,
  );
}

// Null where the file is not written yet, or names a process that is gone.
async function livingOwner(ownerFile: string): Promise<number | null> {
  const text = await readFile(ownerFile, 'utf8').catch(() => '');
  const pid = /^\d+\n$/.test(text) ? Number(text) : null;
  return pid !== null && isAlive(pid) ? pid : null;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It lives, and belongs to another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
