// The secrets of groups and connections, in the workspace's store. A new value gets a new name: a row
// names the old one until it is written anew, so that a process that dies in between loses nothing.
import { randomUUID } from 'node:crypto';
import type { Secrets } from '@ridgeline/workspace';
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
    await this.#secrets.set(name, value);
    this.#kept.push(name);
    return name;
  }

  drop(names: Iterable<string>): void {
    this.#dropped.push(...names);
  }

  /** Runs a write of the rows, and removes what is not needed after it. */
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
  return new Set([
    ...variables.flatMap(({ secret_name }) => secret_name ?? []),
    ...connections.flatMap(({ secret_parameters }) =>
      Object.values<string>(JSON.parse(secret_parameters)),
    ),
  ]);
}
