// How a statement of Kysely's goes to Postgres: prepared, so that the server plans it once a connection,
// and with values that it takes.
import { createHash } from 'node:crypto';
import type { QueryConfig } from 'pg';

// Longer statements are inserts of many rows: rarely the same twice, and large to keep.
const longestPreparedSql = 5_000;
// Each connection of the server keeps all that it has ever prepared.
const maxPrepared = 500;

/** From then on, and until the end of the transaction, statements may take long: as those of a migration. */
export const liftTimeLimit = 'set local statement_timeout = 0';
/** What the driver is told then. */
export const unlimited = { query_timeout: 24 * 3_600_000 } as const;

/** Of Unicode's code points one that is a character of no text. */
const noCharacter = '\u{10FFFF}';

export class PostgresStatements {
  readonly #prepared = new Map<string, string>();

  toQuery(text: string, parameters: readonly unknown[]): QueryConfig {
    return {
      text,
      values: isRead(text) ? parameters.map(sought) : [...parameters],
      ...this.#name(text, parameters),
    };
  }

  // A statement without parameters may be several in one, which cannot be prepared.
  #name(text: string, parameters: readonly unknown[]): { readonly name?: string } {
    if (parameters.length === 0 || text.length > longestPreparedSql) return {};
    const known = this.#prepared.get(text);
    if (known !== undefined) return { name: known };
    if (this.#prepared.size >= maxPrepared) return {};
    const name = `r${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    this.#prepared.set(text, name);
    return { name };
  }
}

function isRead(sql: string): boolean {
  return /^\s*select\b/i.test(sql);
}

// No text of the database has the character NUL, so what has it is found nowhere; sent as it is, it
// would be an error. In a write it is one.
function sought(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', noCharacter) : value;
}
