// A file that is there as before or as after, whenever the process is killed. Written without a
// pause between, so that of two changes the later one stays.
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { cannotUse } from './disk-error.ts';

/** @throws LocalRunError RUNS_FOLDER_UNUSABLE */
export function writeWhole(file: string, text: string): void {
  const beside = `${file}.${process.pid}.new`;
  try {
    writeFileSync(beside, text, { mode: 0o600 });
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw cannotUse(file, error);
  }
}
