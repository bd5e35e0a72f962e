// Texts between servers by LISTEN and NOTIFY, over one connection that does nothing else. They are sent
// after what they tell of is committed, and many at a time: a NOTIFY within the writes would hold a
// lock of the whole cluster through each of their commits.
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import type { PostgresAddress } from './postgres-address.ts';
import { endClient } from './postgres-client.ts';
import { lockKey } from './postgres-lock-key.ts';
import type { ChannelEars, ServerChannel } from './server-channel.ts';

const answerTimeoutMs = 10_000;
const firstPauseMs = 100;
const longestPauseMs = 5_000;

export class PostgresChannel implements ServerChannel {
  readonly #address: PostgresAddress;
  readonly #name: string;
  readonly #ending = new AbortController();
  #client: Client | null = null;
  #working: Promise<void> | null = null;

  constructor(address: PostgresAddress) {
    this.#address = address;
    // A channel is one of the whole database; the schema's own name may be too long for one.
    this.#name = `ridgeline ${lockKey(address.schema, 'channel')}`;
  }

  listen(ears: ChannelEars): void {
    this.#working ??= this.#keepListening(ears);
  }

  async send(texts: readonly string[]): Promise<void> {
    if (this.#client === null) throw new Error('not connected');
    const sql = 'select pg_notify($1, text) from unnest($2::text[]) with ordinality as t(text, n)';
    await this.#client.query(`${sql} order by n`, [this.#name, texts]);
  }

  async close(): Promise<void> {
    this.#ending.abort();
    if (this.#client !== null) await endClient(this.#client);
    await this.#working;
  }

  async #keepListening(ears: ChannelEars): Promise<void> {
    const { signal } = this.#ending;
    for (let pauseMs = firstPauseMs; !signal.aborted; ) {
      const lasted = await this.#listenOnce(ears);
      pauseMs = lasted ? firstPauseMs : Math.min(pauseMs * 2, longestPauseMs);
      await sleep(pauseMs, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Resolves when the connection is lost; false where there was none to begin with. */
  async #listenOnce(ears: ChannelEars): Promise<boolean> {
    const client = this.#newClient();
    const lost = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', () => void endClient(client));
    client.on('notification', ({ payload = '' }) => ears.onText(payload));
    try {
      await client.connect();
      await client.query(`listen "${this.#name}"`);
    } catch {
      await endClient(client);
      return false;
    }
    this.#client = client;
    if (this.#ending.signal.aborted) await endClient(client);
    else ears.onListening();
    await lost;
    this.#client = null;
    return true;
  }

  #newClient(): Client {
    return new Client({
      connectionString: this.#address.connectionString,
      application_name: `ridgeline ${this.#address.schema} channel`,
      connectionTimeoutMillis: answerTimeoutMs,
      query_timeout: answerTimeoutMs,
      keepAlive: true,
      options: '-c synchronous_commit=off',
    });
  }
}
