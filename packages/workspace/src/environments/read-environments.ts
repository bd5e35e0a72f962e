// Reads environments within a transaction of the caller.
import type { Transaction } from 'kysely';
import { quote } from '../checks/check-text.ts';
import { knownNames } from '../checks/known-names.ts';
import { RidgelineError } from '../errors.ts';
import { notFound } from './environment-reference.ts';
import type { EnvironmentsTable, EnvironmentTables } from './environment-tables.ts';

type Reader = Transaction<EnvironmentTables>;

const maxListed = 1_000;

/** @param version as it was given, or 'latest'. @throws RidgelineError ENVIRONMENT_NOT_FOUND */
export async function environmentRow(
  reader: Reader,
  name: string,
  version: string,
): Promise<EnvironmentsTable> {
  const rows = await rowsOf(reader, name);
  const row = version === 'latest' ? rows[0] : rows.find((other) => other.version === version);
  if (row !== undefined) return row;
  const known = knownNames(rows.map((other) => other.version));
  const message = `environment '${name}' has no version ${quote(version)}; it has ${known}`;
  throw new RidgelineError('ENVIRONMENT_NOT_FOUND', message);
}

/** The newest first, at most 1,000. @throws RidgelineError ENVIRONMENT_NOT_FOUND where there is none. */
export async function rowsOf(reader: Reader, name: string): Promise<readonly EnvironmentsTable[]> {
  const rows = await reader
    .selectFrom('environments')
    .selectAll()
    .where('name', '=', name)
    .orderBy('position', 'desc')
    .limit(maxListed)
    .execute();
  if (rows.length > 0) return rows;
  const known = (await latestRows(reader)).map((row) => row.name);
  throw notFound(`azureml:${name}`, known);
}

/** The latest version of each name, by name; at most 1,000. */
export async function latestRows(reader: Reader): Promise<readonly EnvironmentsTable[]> {
  return reader
    .selectFrom('environments')
    .selectAll()
    .where(({ eb, selectFrom }) =>
      eb(
        'position',
        '=',
        selectFrom('environments as other')
          .select(({ fn }) => fn.max('other.position').as('last'))
          .whereRef('other.name', '=', 'environments.name'),
      ),
    )
    .orderBy('name')
    .limit(maxListed)
    .execute();
}
