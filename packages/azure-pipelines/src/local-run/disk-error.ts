// What the system refuses to do with a file or folder, in words that a person can act on.
import { LocalRunError } from './local-run-error.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'you have no right to it',
  EPERM: 'you have no right to it',
  EROFS: 'its file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  ENOENT: 'it does not exist',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a file stands there',
  EISDIR: 'it is a folder',
  ELOOP: 'links in its path lead in a circle',
  ENAMETOOLONG: 'its name is too long',
  EMFILE: 'too many files are open',
};

/** A file that the person has named. */
export function cannotRead(file: string, cause: unknown): LocalRunError {
  const code = codeOf(cause) === 'ENOENT' ? 'FILE_NOT_FOUND' : 'FILE_NOT_READ';
  const message = `${file} cannot be read: ${reasonOf(cause)}; name another file, or make it readable`;
  return new LocalRunError(code, message, { cause });
}

/** A place of ours, below the folder of the runs. */
export function cannotUse(place: string, cause: unknown): LocalRunError {
  const message = `${place} cannot be used for runs: ${reasonOf(cause)}; make it usable, or name another folder with --workspace`;
  return new LocalRunError('RUNS_FOLDER_UNUSABLE', message, { cause });
}

/** The system's errors as ours; all others stay as they are. */
export function asDiskError(error: unknown, place: string): unknown {
  return error instanceof Error && 'syscall' in error ? cannotUse(place, error) : error;
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return reasons[code ?? ''] ?? code ?? 'for a reason that the system does not tell';
}
