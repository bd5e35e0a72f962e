// The folder of a workspace: where its parts lie in it, and that it may be used as one.
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RidgelineError } from './errors.ts';
import { hasSystemCode, nullIfMissing } from './files/fs-errors.ts';

const lockName = 'workspace.lock';
const databaseName = 'workspace.db';
const elsewhereName = 'database.txt';
const artifactsName = 'artifacts.txt';
const ownerOnly = 0o700;

export interface WorkspacePaths {
  readonly lock: string;
  /** Who holds the lock, for messages. */
  readonly lockOwner: string;
  readonly database: string;
  /** Names the database where that is not a file of the folder. */
  readonly databaseElsewhere: string;
  readonly secretKey: string;
  readonly staging: string;
  readonly artifacts: string;
  /** Names the object store of the artifacts where they are not in the folder. */
  readonly artifactsElsewhere: string;
  /** Copies of what lies in an object store. */
  readonly artifactCopies: string;
  readonly datastores: string;
  readonly code: string;
  readonly environments: string;
}

export function workspacePaths(folder: string): WorkspacePaths {
  return {
    lock: join(folder, lockName),
    lockOwner: join(folder, 'workspace.pid'),
    database: join(folder, databaseName),
    databaseElsewhere: join(folder, elsewhereName),
    secretKey: join(folder, 'secrets.key'),
    staging: join(folder, '.incoming'),
    artifacts: join(folder, 'artifacts'),
    artifactsElsewhere: join(folder, artifactsName),
    artifactCopies: join(folder, 'artifact-copies'),
    datastores: join(folder, 'datastores'),
    code: join(folder, 'code'),
    environments: join(folder, 'environments'),
  };
}

/**
 * Makes the folder, closed to all but its owner, if it is not there.
 * @throws RidgelineError WORKSPACE_CANNOT_OPEN; WORKSPACE_FOLDER_INVALID where it holds other things
 */
export async function prepareWorkspaceFolder(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await assertEmptyOrWorkspace(folder);
    const { mode } = await stat(folder);
    if ((mode & 0o777) !== ownerOnly) await chmod(folder, ownerOnly);
  } catch (error) {
    if (error instanceof RidgelineError) throw error;
    throw cannotOpen(folder, error);
  }
}

// Not by mkdir's own `recursive`, which never ends below /proc.
async function makeFolder(folder: string): Promise<void> {
  const parent = dirname(folder);
  const parentIsMissing = parent !== folder && (await nullIfMissing(stat(parent))) === null;
  if (parentIsMissing) await makeFolder(parent);
  try {
    await mkdir(folder, { mode: ownerOnly });
  } catch (error) {
    if (!hasSystemCode(error, 'EEXIST')) throw error;
  }
}

export function cannotOpen(folder: string, cause: unknown): RidgelineError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = `workspace folder '${folder}' cannot be used: ${reason}; choose a folder that you may write to`;
  return new RidgelineError('WORKSPACE_CANNOT_OPEN', message, { cause });
}

// A mistyped folder would otherwise be closed to others, and filled with things of ours.
async function assertEmptyOrWorkspace(folder: string): Promise<void> {
  const names = await readdir(folder);
  const ours = [lockName, databaseName, elsewhereName];
  if (names.length === 0 || ours.some((name) => names.includes(name))) return;
  throw new RidgelineError(
    'WORKSPACE_FOLDER_INVALID',
    `folder '${folder}' holds other files and no workspace; choose a new or an empty folder`,
  );
}

/**
 * Sees to it that a folder belongs to one database for good: with another one, half of the
 * workspace would seem to be gone.
 * @param address of the database, without a password; null where it is a file of the folder.
 * @throws RidgelineError WORKSPACE_FOLDER_INVALID
 */
export async function claimForDatabase(folder: string, address: string | null): Promise<void> {
  const { database, databaseElsewhere } = workspacePaths(folder);
  const elsewhere = await nullIfMissing(readFile(databaseElsewhere, 'utf8'));
  if (address === null) {
    if (elsewhere !== null) throw otherDatabase(folder, elsewhere.trim());
  } else if (elsewhere === null) {
    if ((await nullIfMissing(stat(database))) !== null) throw otherDatabase(folder, databaseName);
    await writeFile(databaseElsewhere, `${address}\n`);
  }
}

function otherDatabase(folder: string, known: string): RidgelineError {
  return new RidgelineError(
    'WORKSPACE_FOLDER_INVALID',
    `the workspace in '${folder}' has its database in ${known}; name that one, or choose a new folder`,
  );
}

/**
 * Sees to it that a folder belongs to one artifact store for good, and tells which one that is.
 * @param address of the object store that was asked for; null where none was.
 * @returns its address, or null where the artifacts are in the folder.
 * @throws RidgelineError WORKSPACE_FOLDER_INVALID
 */
export async function claimForArtifacts(
  folder: string,
  address: string | null,
): Promise<string | null> {
  const { artifacts, artifactsElsewhere } = workspacePaths(folder);
  const known = (await nullIfMissing(readFile(artifactsElsewhere, 'utf8')))?.trim() ?? null;
  if (known !== null) {
    if (address === null || address === known) return known;
    throw otherArtifacts(folder, known, `copy all objects from there, and write ${address} into`);
  }
  if (address === null) return null;
  if ((await nullIfMissing(stat(artifacts))) !== null) {
    const advice = 'copy what is in it to the store, remove it, and write the address into';
    throw otherArtifacts(folder, 'its folder artifacts/', advice);
  }
  await writeFile(artifactsElsewhere, `${address}\n`);
  return address;
}

function otherArtifacts(folder: string, known: string, advice: string): RidgelineError {
  return new RidgelineError(
    'WORKSPACE_FOLDER_INVALID',
    `the workspace in '${folder}' has its artifacts in ${known}; leave the address out, or choose a ` +
      `new folder; to move them, ${advice} ${artifactsName} there`,
  );
}
