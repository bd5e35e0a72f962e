// The address of a database as it may stand on a command line, which others on the machine can read:
// without a password.
import { CliError } from '../errors.ts';

/** @throws CliError DATABASE_ADDRESS_INVALID */
export function databaseAddress(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  const url = URL.parse(given);
  // Neither is repeated, as both may hold a password.
  if (url === null || !/^postgres(ql)?:\/\//i.test(given)) {
    throw invalid('--database takes an address such as postgres://ridgeline@db.example/ml');
  }
  if (url.password === '' && !url.searchParams.has('password')) return given;
  throw invalid(
    'all users of this machine can read the password in --database: change it, leave it out there, ' +
      'and set PGPASSWORD or write the whole address into RIDGELINE_DATABASE',
  );
}

function invalid(message: string): CliError {
  return new CliError('DATABASE_ADDRESS_INVALID', message);
}
