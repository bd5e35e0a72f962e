// Writes of one kind that many ask for one by one, done many at once: a statement for a thousand rows
// costs little more than one for one row. Each is still acknowledged or refused by itself, and none
// passes a write of another kind that was asked for before it.
import type { Transaction } from 'kysely';
import type { WriteBatches } from './write-batches.ts';

/** Writes all of them; gives for each null, or why it was refused, of which nothing may be written. */
export type WriteAll<Tables, Item> = (
  transaction: Transaction<Tables>,
  items: readonly Item[],
) => Promise<ReadonlyArray<Error | null>>;

interface Group<Item> {
  readonly items: Item[];
  readonly mark: object;
  readonly done: Promise<ReadonlyArray<Error | null>>;
}

/** Of one statement: more would keep the first of them waiting. */
const maxTogether = 1_000;

export function writeTogether<Tables, Item>(
  batches: WriteBatches<Tables>,
  writeAll: WriteAll<Tables, Item>,
): (item: Item) => Promise<void> {
  let open: Group<Item> | null = null;

  return async (item) => {
    const group = open !== null && hasRoom(open) ? open : begin();
    open = group;
    const index = group.items.push(item) - 1;
    const refusal = (await group.done)[index];
    if (refusal) throw refusal;
  };

  function hasRoom({ items, mark }: Group<Item>): boolean {
    return items.length < maxTogether && batches.isLast(mark);
  }

  function begin(): Group<Item> {
    const items: Item[] = [];
    return { items, ...batches.ask((transaction) => writeAll(transaction, items)) };
  }
}
