// One object into a new file of this machine, whole and of the content that was meant.
import { rm } from 'node:fs/promises';
import { RidgelineError } from '../errors.ts';
import { writeNewFile } from '../files/durable-files.ts';
import type { ObjectInfo, ObjectStore } from '../object-store/object-store.ts';
import { broken } from '../object-store/object-store-errors.ts';

/** @throws RidgelineError INVALID_STATE where it has changed or gone, ARTIFACT_STORE_UNREACHABLE */
export async function fetchObject(
  store: ObjectStore,
  { key, etag, sizeBytes }: ObjectInfo,
  target: string,
): Promise<void> {
  const found = await store.get(key, { etag });
  if (found === null) throw new RidgelineError('INVALID_STATE', `'${key}' has changed; try again`);
  try {
    // The copy is synced as a whole.
    const written = await writeNewFile(target, found.stream, { sync: false });
    if (written.sizeBytes !== sizeBytes) throw broken(store.address);
  } catch (error) {
    await rm(target, { force: true });
    throw hasErrno(error) ? error : broken(store.address);
  }
}

/** Of this machine's own disk, such as ENOSPC; all else is the connection's. */
function hasErrno(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
