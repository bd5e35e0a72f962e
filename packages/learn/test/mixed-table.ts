// A table with a column of every kind, values missing, and a target of either task.
import { numberColumn, stringColumn, Table } from '@ridgeline/tabular';

const makes = ['ford', 'Opel', 'fiat', 'citroën', '日産'];

/** `rowCount` rows of `make, km, doors, sold, note, new` and the targets `price` and `kind`. */
export function mixedTable(rowCount = 80): Table {
  const rows = Array.from({ length: rowCount }, (_, i) => i);
  const numbers = (value: (i: number) => number) => Float64Array.from(rows, value);
  return Table.fromColumns([
    stringColumn(
      'make',
      rows.map((i) => (i % 11 === 0 ? null : makes[(i * i) % 5])),
    ),
    numberColumn(
      'km',
      'double',
      numbers((i) => (i % 7 === 0 ? Number.NaN : ((i * 37) % 101) * 1.37)),
    ),
    numberColumn(
      'doors',
      'long',
      numbers((i) => 2 + (i % 4)),
    ),
    numberColumn(
      'sold',
      'datetime',
      numbers((i) => 1.5e12 + i * 9.1e9),
    ),
    stringColumn(
      'note',
      rows.map((i) => `sold as ${makes[i % 5]} with ${i % 3} owners and no. ${(i * 7) % 50}`),
    ),
    numberColumn(
      'new',
      'boolean',
      numbers((i) => i % 2),
    ),
    numberColumn(
      'price',
      'double',
      numbers((i) => 1000 + ((i * 37) % 101) * 10 + (i % 5) * 100),
    ),
    stringColumn(
      'kind',
      rows.map((i) => ['small', 'large', 'van'][(i * i) % 3]),
    ),
  ]);
}
