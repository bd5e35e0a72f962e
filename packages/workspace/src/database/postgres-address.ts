// Reads the address of a Postgres database, such as postgres://ridgeline@db.example/ml?schema=team_a.
// Its password never comes out again but into the connection.
import { RidgelineError } from '../errors.ts';

export interface PostgresAddress {
  /** For messages: without the password. */
  readonly text: string;
  readonly schema: string;
  /** Without `schema`, which the driver does not know. */
  readonly connectionString: string;
  readonly hasPassword: boolean;
}

/** Not `public`, in which another product's tables of the same names may lie. */
const defaultSchema = 'ridgeline';
const knownParameters = ['schema', 'sslmode', 'sslrootcert', 'sslcert', 'sslkey'];

/** True for `postgres://…`; all else names a file. */
export function isPostgresAddress(place: string): boolean {
  return /^postgres(ql)?:/i.test(place);
}

/** @throws RidgelineError DATABASE_ADDRESS_INVALID */
export function parsePostgresAddress(place: string): PostgresAddress {
  const url = URL.parse(place);
  // What cannot be parsed is not repeated: it may hold a password.
  if (url === null || !/^postgres(ql)?:\/\//i.test(place)) throw invalid('cannot be read');
  const hasPassword = url.password !== '';
  const schema = url.searchParams.get('schema') ?? defaultSchema;
  for (const name of url.searchParams.keys()) {
    if (knownParameters.includes(name)) continue;
    const known = knownParameters.join(', ');
    throw invalid(`has the parameter '${name.slice(0, 50)}', which is not one of ${known}`);
  }
  // What needs no quotes, so that every tool shows it as it is written.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(schema) || schema.startsWith('pg_')) {
    const rule = "1 to 63 of a-z, 0-9 and _, not beginning with a digit or 'pg_'";
    throw invalid(`has the schema '${schema.slice(0, 80)}', which must be ${rule}`);
  }
  if (url.pathname.length < 2) throw invalid('names no database');
  const text = withoutPassword(url);
  url.searchParams.delete('schema');
  return { text, schema, connectionString: url.href, hasPassword };
}

function withoutPassword(url: URL): string {
  const shown = new URL(url);
  shown.password = '';
  return shown.href;
}

function invalid(what: string): RidgelineError {
  const example = 'postgres://USER@HOST:5432/DATABASE?schema=NAME';
  const message = `the database address ${what}; write ${example}, and the password into PGPASSWORD`;
  return new RidgelineError('DATABASE_ADDRESS_INVALID', message);
}
