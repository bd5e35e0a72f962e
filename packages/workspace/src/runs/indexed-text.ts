// How much of a long text an index holds: Postgres refuses to index what is longer than a third of a page.
import { type Expression, type RawBuilder, sql } from 'kysely';

/** In characters. */
const indexedLength = 64;

/** Of a column: what the index has of it, in the very words of the index. */
export function indexedPart(text: Expression<unknown>): RawBuilder<string> {
  return sql`substr(${text}, 1, ${sql.lit(indexedLength)})`;
}

/** Texts sort by this part first, and only where it is the same by the rest. */
export function indexedPartOf(value: string): RawBuilder<string> {
  return indexedPart(sql`cast(${value} as text)`);
}
