// Adds a version of an environment, within a transaction of the caller.
import type { Transaction } from 'kysely';
import { nextVersion } from '../checks/next-version.ts';
import { RidgelineError } from '../errors.ts';
import { contentDigest } from './environment-content.ts';
import type { EnvironmentsTable, EnvironmentTables } from './environment-tables.ts';
import type { CheckedEnvironment } from './new-environment.ts';

/** How many versions a workspace keeps of all its environments together. */
export const maxEnvironments = 10_000;

/**
 * The row made, or that of an equal one: of the version that was asked for, or, where none was, of
 * the latest.
 * @throws RidgelineError RESOURCE_ALREADY_EXISTS, ENVIRONMENT_LIMIT_REACHED
 */
export async function insertEnvironment(
  writer: Transaction<EnvironmentTables>,
  environment: CheckedEnvironment,
  createdAt: number,
): Promise<EnvironmentsTable> {
  const earlier = await writer
    .selectFrom('environments')
    .selectAll()
    .where('name', '=', environment.name)
    .orderBy('position', 'desc')
    .execute();
  const digest = contentDigest(environment.content);
  const found = foundAmong(earlier, environment, digest);
  if (found !== null) return found;
  await assertRoom(writer);
  const version = environment.version ?? nextVersion(earlier.map((row) => row.version));
  const position = 1 + (earlier[0]?.position ?? 0);
  const row = rowOf({ ...environment, version, position, digest, createdAt });
  await writer.insertInto('environments').values(row).execute();
  return row;
}

function foundAmong(
  earlier: readonly EnvironmentsTable[],
  { name, version }: CheckedEnvironment,
  digest: string,
): EnvironmentsTable | null {
  if (version === null) return earlier[0]?.digest === digest ? earlier[0] : null;
  const same = earlier.find((row) => row.version === version);
  if (same === undefined || same.digest === digest) return same ?? null;
  throw new RidgelineError(
    'RESOURCE_ALREADY_EXISTS',
    `environment '${name}' already has a version '${version}' with other content; ` +
      'name another version, or leave it out to get the next number',
  );
}

async function assertRoom(writer: Transaction<EnvironmentTables>): Promise<void> {
  const { count } = await writer
    .selectFrom('environments')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) < maxEnvironments) return;
  const message = `this workspace has ${count} versions of environments, which is the limit; use one of them`;
  throw new RidgelineError('ENVIRONMENT_LIMIT_REACHED', message);
}

interface NewRow extends CheckedEnvironment {
  readonly version: string;
  readonly position: number;
  readonly digest: string;
  readonly createdAt: number;
}

function rowOf({ content, notes, tags, createdAt, ...row }: NewRow): EnvironmentsTable {
  return {
    ...row,
    content: JSON.stringify(content),
    notes: JSON.stringify(notes),
    tags: JSON.stringify(tags),
    created_at: createdAt,
  };
}
