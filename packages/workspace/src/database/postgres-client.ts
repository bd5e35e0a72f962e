// The end of a single connection to Postgres.
import type { Client } from 'pg';

const answerTimeoutMs = 3_000;

/** A connection that is lost cannot be told so, and must not be waited for. */
export async function endClient(client: Client): Promise<void> {
  const ended = client.end().catch(() => {});
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, answerTimeoutMs);
  await Promise.race([ended, promise]);
  clearTimeout(timer);
}
