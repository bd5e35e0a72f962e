// Reads components within a transaction of the caller.
import type { Transaction } from 'kysely';
import { quote } from '../checks/check-text.ts';
import { knownNames } from '../checks/known-names.ts';
import { RidgelineError } from '../errors.ts';
import { type SummaryRow, summaryColumns } from './component.ts';
import type { ComponentsTable, ComponentTables } from './component-tables.ts';

type Reader = Transaction<ComponentTables>;

/** All versions, newest first. @throws RidgelineError COMPONENT_NOT_FOUND where there is none. */
export async function versionRows(reader: Reader, name: string): Promise<readonly SummaryRow[]> {
  const rows = await earlierRows(reader, name);
  if (rows.length > 0) return rows;
  const others = await latestRows(reader, 100);
  const known = knownNames(others.map((row) => row.name));
  throw notFound(`component ${quote(name)} does not exist; this workspace has ${known}`);
}

/** As `versionRows`, but empty where there is none. */
export async function earlierRows(reader: Reader, name: string): Promise<readonly SummaryRow[]> {
  return reader
    .selectFrom('components')
    .select(summaryColumns)
    .where('name', '=', name)
    .orderBy('position', 'desc')
    .execute();
}

/** @param version or 'latest'. @throws RidgelineError COMPONENT_NOT_FOUND */
export async function componentRow(
  reader: Reader,
  name: string,
  version: string,
): Promise<ComponentsTable> {
  const rows = await versionRows(reader, name);
  const row = version === 'latest' ? rows[0] : rows.find((other) => other.version === version);
  if (row === undefined) {
    const known = knownNames(rows.map((other) => other.version));
    throw notFound(`component '${name}' has no version ${quote(version)}; it has ${known}`);
  }
  return reader
    .selectFrom('components')
    .selectAll()
    .where('name', '=', name)
    .where('version', '=', row.version)
    .executeTakeFirstOrThrow();
}

/** The latest version of each name, by name. */
export async function latestRows(reader: Reader, limit: number): Promise<readonly SummaryRow[]> {
  return reader
    .selectFrom('components')
    .select(summaryColumns)
    .where(({ eb, selectFrom }) =>
      eb(
        'position',
        '=',
        selectFrom('components as other')
          .select(({ fn }) => fn.max('other.position').as('last'))
          .whereRef('other.name', '=', 'components.name'),
      ),
    )
    .orderBy('name')
    .limit(limit)
    .execute();
}

function notFound(message: string): RidgelineError {
  return new RidgelineError('COMPONENT_NOT_FOUND', message);
}
