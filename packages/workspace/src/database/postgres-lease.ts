// The engines' lease on Postgres: a lock that belongs to one connection, so that it is free again as
// soon as its holder is gone, however that went.
import { Client } from 'pg';
import type { EngineLease } from './engine-lease.ts';
import type { PostgresAddress } from './postgres-address.ts';
import { endClient } from './postgres-client.ts';
import { translatePostgresError } from './postgres-errors.ts';
import { lockKey } from './postgres-lock-key.ts';

/** An answer that takes longer is none: whoever cannot reach the database must know it soon. */
const answerTimeoutMs = 3_000;

export class PostgresLease implements EngineLease {
  readonly #address: PostgresAddress;
  #client: Client | null = null;

  constructor(address: PostgresAddress) {
    this.#address = address;
  }

  async take(): Promise<boolean> {
    if (this.#client !== null && (await this.#isAlive(this.#client))) return true;
    await this.release();
    const client = await this.#connect();
    try {
      const sql = `select pg_try_advisory_lock(${lockKey(this.#address.schema, 'engines')}) as held`;
      const { rows } = await client.query<{ held: boolean }>(sql);
      if (rows[0]?.held === true) {
        this.#client = client;
        return true;
      }
    } catch (error) {
      await endClient(client);
      throw translatePostgresError(error, this.#address.text);
    }
    await endClient(client);
    return false;
  }

  async release(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    if (client !== null) await endClient(client);
  }

  async #isAlive(client: Client): Promise<boolean> {
    return client.query('select').then(
      () => true,
      () => false,
    );
  }

  async #connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.#address.connectionString,
      application_name: `ridgeline ${this.#address.schema} engines`,
      connectionTimeoutMillis: answerTimeoutMs,
      query_timeout: answerTimeoutMs,
      keepAlive: true,
    });
    client.on('error', () => {});
    try {
      await client.connect();
      return client;
    } catch (error) {
      throw translatePostgresError(error, this.#address.text);
    }
  }
}
