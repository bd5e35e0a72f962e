import fc from 'fast-check';
import { type Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { rowStatement } from './row-statement.ts';
import { useTemporaryDatabase } from './temporary-database.fixture.ts';

const temporary = useTemporaryDatabase();

interface Row {
  readonly place: number;
  readonly text: string;
  readonly integer: number;
  readonly double: number;
  readonly yes: boolean;
}

const echo = rowStatement<Kysely<never>, Row, Row & { readonly yes: boolean | 0 | 1 }>(
  {
    place: 'bigint',
    text: 'text',
    integer: 'bigint',
    double: 'double precision',
    yes: 'boolean',
  },
  (on, source) =>
    sql`with echo (place, text, integer, double, yes) as (${source})
      select * from echo order by place`.compile(on),
);

const row = fc.record({
  // Postgres takes no NUL.
  text: fc.string({ unit: 'binary' }).map((text) => text.toWellFormed().replaceAll('\0', '')),
  integer: fc.maxSafeInteger(),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }),
  yes: fc.boolean(),
});

test('every value comes to the database as it is, whatever the number of rows', async () => {
  const property = fc.asyncProperty(fc.array(row, { maxLength: 60 }), async (each) => {
    const rows = each.map((fields, place) => ({ ...fields, place }));
    const echoed = await temporary.database.read((reader) => echo(reader as never, rows));
    // SQLite gives a boolean as 0 or 1, and neither database tells the two zeros apart everywhere.
    expect(
      echoed.map((one) => ({ ...one, yes: Boolean(one.yes), double: one.double + 0 })),
    ).toEqual(rows.map((one) => ({ ...one, double: one.double + 0 })));
  });
  await fc.assert(property, { numRuns: 100 });
});

test('whole numbers of every size come to the database as they are', async () => {
  const sizes = [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2 ** 52 + 1, Number.MAX_SAFE_INTEGER];
  const integers = sizes.flatMap((size) => [size, -size + 0]);
  const rows = integers.map((integer, place) => ({ ...plain, place, integer }));
  const echoed = await temporary.database.read((reader) => echo(reader as never, rows));
  expect(echoed.map(({ integer }) => integer)).toEqual(integers);
});

const plain = { text: '', double: 0, yes: false };
