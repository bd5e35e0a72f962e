// Small tables with a known truth, for tests of the search.
import { RandomState } from '@ridgeline/learn';
import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';

/** Numbers from 0 to below 1, the same for the same seed. */
export function randomNumbers(seed: number): () => number {
  const state = new RandomState(seed);
  return () => state.nextUint32() / 2 ** 32;
}

/** y = 3 a + noise, with a useless column and a text column that shifts y. */
export function regressionTable(rowCount: number, seed = 0): Table {
  const next = randomNumbers(seed);
  const a = Float64Array.from({ length: rowCount }, next);
  const noise = Float64Array.from({ length: rowCount }, next);
  const city = Array.from({ length: rowCount }, () => (next() < 0.5 ? 'Bern' : 'Rome'));
  const y = a.map((value, i) => 3 * value + (city[i] === 'Bern' ? 1 : 0) + 0.1 * next());
  return Table.fromColumns([
    numberColumn('a', 'double', a),
    numberColumn('noise', 'double', noise),
    stringColumn('city', city),
    numberColumn('y', 'double', y),
  ]);
}

/** A class that two columns tell, but for some rows that are wrong. */
export function classTable(rowCount: number, classes: readonly string[], seed = 0): Table {
  const next = randomNumbers(seed);
  const a = Float64Array.from({ length: rowCount }, next);
  const b = Float64Array.from({ length: rowCount }, next);
  const label = Array.from(a, (value, i) => {
    const at = next() < 0.1 ? next() : 0.7 * value + 0.3 * b[i];
    return classes[Math.min(classes.length - 1, Math.floor(at * classes.length))];
  });
  return Table.fromColumns([
    numberColumn('a', 'double', a),
    numberColumn('b', 'double', b),
    stringColumn('label', label),
  ]);
}

/** The table with one more column of whole numbers. */
export function withColumn(table: Table, name: string, of: (row: number) => number): Table {
  const values = Float64Array.from({ length: table.rowCount }, (_, row) => of(row));
  return Table.fromColumns([...table.columns(), numberColumn(name, 'long', values)]);
}
