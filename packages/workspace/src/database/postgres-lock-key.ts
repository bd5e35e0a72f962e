// The number of an advisory lock of Postgres, which are all of one room in a database: from the name
// of a schema and what the lock is about.
import { createHash } from 'node:crypto';

export function lockKey(
  schema: string,
  purpose: 'write' | 'engines' | 'channel' = 'write',
): bigint {
  const digest = createHash('sha256').update(`ridgeline/${purpose}/${schema}`).digest();
  return digest.readBigInt64BE();
}
