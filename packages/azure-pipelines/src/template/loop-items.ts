// What an `each` goes over.

import { objectOf, type Value } from '../expression/value.ts';

/** Undefined for a single value. Nothing is an empty list, and so is the empty text: the default of
 * many a parameter. */
export function itemsOf(collection: Value): readonly Value[] | undefined {
  if (collection === null || collection === '') return [];
  if (typeof collection !== 'object') return undefined;
  if (collection.kind === 'array') return collection.items;
  if (collection.kind !== 'object') return undefined;
  return [...collection.entries.values()].map(({ name, value }) =>
    objectOf([
      ['key', name],
      ['value', value],
    ]),
  );
}
