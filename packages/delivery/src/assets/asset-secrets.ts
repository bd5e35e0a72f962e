// The secrets of assets, in the workspace's store. A new value gets a new name: a row names the old one
// until it is written anew, so that a process that dies in between loses nothing.
import { randomUUID } from 'node:crypto';
import { RidgelineError, type Secrets } from '@ridgeline/workspace';
import type { DeliveryDatabase, DeliveryWriter } from '../database/delivery-database.ts';

const prefix = 'delivery-asset:';

/** A change of a row that keeps secrets: what it has put into the store and what it needs no more. */
export class SecretChanges {
  readonly #secrets: Secrets;
  readonly #kept: string[] = [];
  readonly #dropped: string[] = [];

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** The name to write into the row. */
  async keep(value: string): Promise<string> {
    const name = prefix + randomUUID();
    // Before it is there: what is cut short in the middle is taken away too.
    this.#kept.push(name);
    await this.#secrets.set(name, value);
    return name;
  }

  drop(names: Iterable<string>): void {
    this.#dropped.push(...names);
  }

  /** Keeps secrets and writes the rows, and removes what is not needed after it. */
  async finish<T>(write: () => Promise<T>): Promise<T> {
    try {
      const result = await write();
      await this.#remove(this.#dropped);
      return result;
    } catch (error) {
      await this.#remove(this.#kept);
      throw error;
    }
  }

  async #remove(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#secrets.delete(name);
  }
}

const mostReads = 5;

/**
 * Reads a row and its secrets. Between the two a change may have put others in their place: then the
 * row is read again, and names those.
 */
export async function withItsSecrets<T>(read: () => Promise<T>): Promise<T> {
  for (let reads = 1; ; reads += 1) {
    try {
      return await read();
    } catch (error) {
      if (reads === mostReads || !isGone(error)) throw error;
    }
  }
}

function isGone(error: unknown): boolean {
  if (error instanceof RidgelineError) return error.code === 'SECRET_NOT_FOUND';
  return error instanceof Error && error.cause !== undefined && isGone(error.cause);
}

/** Removes what a process that was killed has left: secrets that no row names. */
export async function sweepSecrets(database: DeliveryDatabase): Promise<void> {
  await database.write(async (tables) => {
    const named = await namedSecrets(tables);
    const kept = await tables
      .selectFrom('secrets')
      .select('name')
      .where('name', 'like', `${prefix}%`)
      .execute();
    for (const { name } of kept) {
      if (!named.has(name)) await tables.deleteFrom('secrets').where('name', '=', name).execute();
    }
  });
}

async function namedSecrets(tables: DeliveryWriter): Promise<ReadonlySet<string>> {
  const variables = await tables.selectFrom('group_variables').select('secret_name').execute();
  const connections = await tables
    .selectFrom('service_connections')
    .select('secret_parameters')
    .execute();
  const files = await tables.selectFrom('secure_files').select('secret_names').execute();
  return new Set([
    ...variables.flatMap(({ secret_name }) => secret_name ?? []),
    ...connections.flatMap(({ secret_parameters }) =>
      Object.values<string>(JSON.parse(secret_parameters)),
    ),
    ...files.flatMap(({ secret_names }) => JSON.parse(secret_names) as readonly string[]),
  ]);
}
