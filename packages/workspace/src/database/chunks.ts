// Cuts long lists of ids into pieces that fit into one statement's parameters.

// SQLite takes 32,766 parameters and Postgres 65,535; short lists are faster to compile.
const chunkSize = 1_000;

export function* chunks<T>(items: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += chunkSize) {
    yield items.slice(start, start + chunkSize);
  }
}
