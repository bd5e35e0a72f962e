// What a change makes of a secure file's row, checked as a whole.
import { shorten } from '@ridgeline/azure-pipelines';
import { secureFileKind } from '../asset-kind.ts';
import { changedAssetRow, checkAssetRow } from '../asset-row.ts';
import { Mistakes } from '../mistakes.ts';
import { changedPermissions, checkPermissions } from '../pipeline-permissions.ts';
import type { SecureFileChanges } from './secure-file.ts';
import type { StoredFile } from './secure-file-store.ts';

/** What a file system takes, in bytes of UTF-8. */
const maxNameBytes = 255;

/** @throws DeliveryError SECURE_FILE_INVALID with every mistake */
export function changedFile(
  earlier: StoredFile,
  changes: SecureFileChanges,
  now: number,
): StoredFile {
  const { pipelines, ...permissions } = changedPermissions(earlier, changes);
  const row = { ...changedAssetRow(earlier.row, changes, now), ...permissions };
  const mistakes = new Mistakes();
  checkAssetRow(mistakes, secureFileKind, row);
  checkFileName(mistakes, row.name);
  checkPermissions(mistakes, changes);
  mistakes.throwIfAny(secureFileKind.invalid);
  return { row, pipelines };
}

/** The file lies under its name in a job's folder. */
function checkFileName(mistakes: Mistakes, name: string): void {
  if (/^\.+$/.test(name))
    mistakes.add(`'${shorten(name)}' is the name of a folder, and of no file`);
  if (Buffer.byteLength(name) > maxNameBytes)
    mistakes.add(
      `the name of the secure file '${shorten(name)}' is longer than ${maxNameBytes} bytes`,
    );
}
