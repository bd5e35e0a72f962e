// Turns the errors of Postgres and of the way to it that have a cause outside the program into
// errors with a code. All others (a failed constraint, a wrong statement) pass as they are.
import { RidgelineError, type RidgelineErrorCode } from '../errors.ts';

interface Cause {
  readonly code: RidgelineErrorCode;
  readonly advice: string;
}

const unreachable: Cause = {
  code: 'DATABASE_UNREACHABLE',
  advice: 'once it answers again, so does this server; check its address and that it runs',
};
const refused: Cause = {
  code: 'DATABASE_CANNOT_OPEN',
  advice: 'check the user, and the password in PGPASSWORD, ~/.pgpass or the address',
};
const noPassword: Cause = {
  code: 'DATABASE_CANNOT_OPEN',
  advice: 'it asks for a password: set PGPASSWORD, or write it into ~/.pgpass',
};
const busy: Cause = { code: 'DATABASE_BUSY', advice: 'another one keeps it busy; try again' };
const tooLarge: Cause = { code: 'INVALID_PARAMETER_VALUE', advice: 'send a smaller one' };
const noneFree: Cause = {
  code: 'DATABASE_BUSY',
  advice: 'all connections of this server are at work; try again',
};
const corrupt: Cause = {
  code: 'DATABASE_CORRUPT',
  advice: 'its content is damaged; restore it from a backup',
};

// Appendix A of Postgres's manual, and the words of the operating system.
const causes = new Map<string, Cause>([
  ['28P01', refused],
  ['28000', refused],
  ['3D000', { code: 'DATABASE_CANNOT_OPEN', advice: 'create it, or name another one' }],
  ['42501', { code: 'DATABASE_CANNOT_OPEN', advice: "grant it, or use the schema's owner" }],
  ['57P01', unreachable],
  ['57P02', unreachable],
  ['57P03', unreachable],
  ['57P05', unreachable],
  ['25P03', unreachable],
  ['25P04', unreachable],
  ['53300', { code: 'DATABASE_UNREACHABLE', advice: 'raise max_connections, or close some' }],
  ['57014', { code: 'DATABASE_BUSY', advice: 'it took too long; ask for less, or try again' }],
  ['55P03', busy],
  ['40001', busy],
  ['40P01', busy],
  ['53200', busy],
  ['53100', { code: 'DATABASE_DISK_FULL', advice: 'free some space there and try again' }],
  ['22021', { code: 'INVALID_PARAMETER_VALUE', advice: 'text must not hold the character NUL' }],
  ['22003', tooLarge],
  ['54000', tooLarge],
  ['XX001', corrupt],
  ['XX002', corrupt],
]);

const systemCodes = /^(ECONN|EHOST|ENET|ENOTFOUND|EAI_|EPIPE|ETIMEDOUT|ENOENT|EADDR)/;
// The driver's own, which carry no code.
const lostWords =
  /connection terminated|timeout expired|read timeout|not queryable|ssl|server closed/i;
// What the pool says of those that wait for one that others have.
const waitedWords = 'timeout exceeded when trying to connect';

export function translatePostgresError(error: unknown, address: string): unknown {
  if (!(error instanceof Error) || error instanceof RidgelineError) return error;
  const cause = causeOf(error);
  if (cause === undefined) return error;
  // What was wrong with a request says nothing of where its data would have gone.
  const place = cause.code === 'INVALID_PARAMETER_VALUE' ? '' : `database ${address}: `;
  const message = `${place}${reasonOf(error)}; ${cause.advice}`;
  return new RidgelineError(cause.code, message, { cause: error });
}

/** True where the connection itself is of no use any more. */
export function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A statement whose answer changed its columns: a newer server has altered a table.
  if (codeOf(error) === '0A000') return true;
  return causeOf(error)?.code === 'DATABASE_UNREACHABLE';
}

function causeOf(error: Error): Cause | undefined {
  const code = codeOf(error);
  if (code === undefined) {
    if (/SASL|password must be a string/i.test(error.message)) return noPassword;
    if (error.message === waitedWords) return noneFree;
    return lostWords.test(error.message) ? unreachable : undefined;
  }
  if (systemCodes.test(code) || code.startsWith('08')) return unreachable;
  return causes.get(code);
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

// Where a name has several addresses, each has failed in its own way, and the whole has no words.
function reasonOf(error: Error): string {
  const inner = error instanceof AggregateError ? error.errors.map(String).join(', ') : '';
  return error.message || inner || (codeOf(error) ?? error.name);
}
