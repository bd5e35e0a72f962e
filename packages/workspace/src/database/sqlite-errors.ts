// Turns the errors of node:sqlite that have a cause outside the program into errors with a code.
// All others (a failed constraint, a wrong statement) pass as they are.
import { RidgelineError, type RidgelineErrorCode } from '../errors.ts';

// Primary result codes, https://sqlite.org/rescode.html
const causes = new Map<number, { readonly code: RidgelineErrorCode; readonly advice: string }>([
  [
    5,
    { code: 'DATABASE_BUSY', advice: 'another process keeps it locked; close that and try again' },
  ],
  [11, { code: 'DATABASE_CORRUPT', advice: 'its content is damaged; restore it from a backup' }],
  [
    10,
    { code: 'DATABASE_UNREACHABLE', advice: 'its disk does not answer as it should; check that' },
  ],
  [13, { code: 'DATABASE_DISK_FULL', advice: 'the disk is full; free some space and try again' }],
  [14, { code: 'DATABASE_CANNOT_OPEN', advice: 'check that its folder exists and can be written' }],
  [
    26,
    { code: 'DATABASE_CORRUPT', advice: 'it is not a SQLite database; restore it or move it away' },
  ],
]);

/** Of a file that cannot grow: a quota's end has no code of its own, nor have the files beside it. */
const cannotWrite: ReadonlySet<number> = new Set([778, 1_034, 1_290, 1_546, 4_874]);
const noRoom = {
  code: 'DATABASE_DISK_FULL',
  advice:
    'its disk takes no more: it is full, or a quota is, or it fails; make room there and try again',
} as const;

interface SqliteError extends Error {
  readonly errcode: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

export function translateSqliteError(error: unknown, file: string): unknown {
  if (!isSqliteError(error)) return error;
  // The low byte is the primary result code; the rest only refines it.
  const cause = cannotWrite.has(error.errcode) ? noRoom : causes.get(error.errcode & 0xff);
  if (cause === undefined) return error;
  const message = `database ${file}: ${error.message}; ${cause.advice}`;
  return new RidgelineError(cause.code, message, { cause: error });
}
