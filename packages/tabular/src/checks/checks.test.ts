import { expect, test } from 'vitest';
import { expectError } from '../../test/test-folder.ts';
import { profileTable } from '../profile/table-profile.ts';
import { numberColumn, stringColumn } from '../table/column.ts';
import { Table } from '../table/table.ts';
import { inferSchema } from '../table/table-schema.ts';
import { checkDistribution } from './check-distribution.ts';
import { checkMissingValues } from './check-missing-values.ts';
import { checkSchema } from './check-schema.ts';
import { assertNoFindings, DataCheckError } from './data-finding.ts';

/** Values with mean 0 and deviation near 0.0476: the shape of a standardised feature. */
const standardised = Array.from(
  { length: 442 },
  (_, row) => (((row * 7) % 442) / 441 - 0.5) / 6.07,
);

function oneColumn(values: readonly number[], name = 'AGE'): Table {
  return Table.fromColumns([numberColumn(name, 'double', Float64Array.from(values))]);
}

const reference = profileTable(oneColumn(standardised));

test('a table fits its own schema, and the same schema in another order', () => {
  const table = Table.fromColumns([...oneColumn([1]).columns(), stringColumn('city', ['Bern'])]);
  const schema = inferSchema(table);
  expect(checkSchema(table, schema)).toEqual([]);
  expect(checkSchema(table, { columns: [...schema.columns].reverse() })).toEqual([]);
});

test('a bad schema is found: missing, unexpected, wrong type, missing values', () => {
  const table = Table.fromColumns([
    stringColumn('SEX', ['f', 'm']),
    numberColumn('BMY', 'double', Float64Array.of(1, 2)),
    numberColumn('BP', 'long', Float64Array.of(1, Number.NaN)),
  ]);
  const columns = ['SEX', 'BMI', 'BP'].map((name) => {
    return { name, type: 'double', nullable: false } as const;
  });
  expect(checkSchema(table, { columns }).map(({ message }) => message)).toEqual([
    `column 'SEX' is string; expected double`,
    `column 'BMI' (double) does not exist; did you mean 'BMY'?`,
    `column 'BP' misses 1 values; expected none to be missing`,
    `column 'BMY' (double) is not part of the schema`,
  ]);
});

test('a column without values fits every type, if it is nullable', () => {
  const table = Table.fromColumns([stringColumn('BMI', [null, null])]);
  const schema = (nullable: boolean) => {
    return { columns: [{ name: 'BMI', type: 'double', nullable }] } as const;
  };
  expect(checkSchema(table, schema(true))).toEqual([]);
  expect(checkSchema(table, schema(false))).toHaveLength(1);
});

test('missing values are found, with their number and the first row', async () => {
  const table = oneColumn([1, Number.NaN, Number.NaN]);
  expect(checkMissingValues(table)).toEqual([
    {
      check: 'missing',
      column: 'AGE',
      message: `column 'AGE': 2 of 3 missing, the first in row 2; expected none`,
      expected: 'no missing values',
      actual: '2 of 3 missing',
    },
  ]);
  expect(checkMissingValues(oneColumn([1]))).toEqual([]);
  expect(checkMissingValues(table, { columns: [] })).toEqual([]);
  await expectError(() => checkMissingValues(table, { columns: ['A'] }), 'COLUMN_NOT_FOUND');
});

test('data is not shifted against itself, nor is a part of it', () => {
  expect(checkDistribution(oneColumn(standardised), reference)).toEqual([]);
  expect(checkDistribution(oneColumn(standardised.slice(0, 50)), reference)).toEqual([]);
});

test('the classic fixture, two rows with an AGE of 100, is found by mean and by spread', () => {
  const findings = checkDistribution(oneColumn([100, -0.001882016527791]), reference);
  expect(findings.map(({ actual }) => actual)).toEqual(['mean 50', 'standard deviation 70.71']);
});

test('a spread that grew or shrank is found although the mean stayed', () => {
  const wide = checkDistribution(oneColumn(standardised.map((x) => x * 3.1)), reference);
  const narrow = checkDistribution(oneColumn(standardised.map((x) => x / 3.1)), reference);
  expect(wide.map(({ message }) => message)).toEqual([
    `column 'AGE' has 3.1 times the standard deviation of the reference; expected standard deviation 0.01591 to 0.1432, found standard deviation 0.1479`,
  ]);
  expect(narrow).toHaveLength(1);
  expect(checkDistribution(oneColumn(standardised.map((x) => x * 2.9)), reference)).toEqual([]);
});

test('the tolerance counts in standard deviations of the reference', () => {
  const moved = oneColumn(standardised.map((x) => x + 0.0476 * 2));
  expect(checkDistribution(moved, reference)).toEqual([]);
  expect(checkDistribution(moved, reference, { tolerance: 1.9 })).toHaveLength(1);
});

test('few values may be narrow by chance, and one value has no spread', () => {
  expect(checkDistribution(oneColumn([0.01, 0.0101]), reference)).toEqual([]);
  expect(checkDistribution(oneColumn([0.01]), reference)).toEqual([]);
});

test('of a constant reference, the data must be the same constant', () => {
  const constant = profileTable(oneColumn([5, 5, 5]));
  expect(checkDistribution(oneColumn([5]), constant)).toEqual([]);
  expect(checkDistribution(oneColumn([5, 5.1]), constant)).toHaveLength(1);
});

test('what cannot be compared is a finding, so that nothing passes unseen', () => {
  const text = Table.fromColumns([stringColumn('AGE', ['x'])]);
  const tooSmall = profileTable(oneColumn([1]));
  const message = (table: Table, against = reference) =>
    checkDistribution(table, against).map((finding) => finding.message);
  expect(message(oneColumn([1], 'BMI'))).toEqual([expect.stringContaining('does not exist')]);
  expect(message(text)).toEqual([expect.stringContaining('is string')]);
  expect(message(oneColumn([Number.NaN]))).toEqual([expect.stringContaining('has no values')]);
  expect(message(oneColumn([0, Infinity]))).toEqual([expect.stringContaining('1 infinite')]);
  expect(message(oneColumn([1]), tooSmall)).toEqual([
    expect.stringContaining('cannot be compared'),
  ]);
});

test('text and times of the reference, and columns new in the data, are left alone', () => {
  const known = Table.fromColumns([
    stringColumn('city', ['Bern', 'Rome']),
    numberColumn('seen', 'datetime', Float64Array.of(1, 2)),
  ]);
  expect(checkDistribution(oneColumn([1]), profileTable(known))).toEqual([]);
});

test.each([0.5, -3, Number.NaN, Infinity])('a tolerance of %d is refused', async (tolerance) => {
  const act = () => checkDistribution(oneColumn([1]), reference, { tolerance });
  await expectError(act, 'DATA_OPTION_INVALID', /expected a finite number of at least 1/);
});

test('findings become one error that lists all of them', async () => {
  const findings = checkDistribution(oneColumn([100, 0]), reference);
  expect(() => assertNoFindings([])).not.toThrow();
  const pattern = /2 findings:\n {2}distribution: column 'AGE' has its mean.*\n {2}distribution: /;
  await expectError(() => assertNoFindings(findings), 'DATA_CHECK_FAILED', pattern);
  expect(new DataCheckError(findings).findings).toEqual(findings);
});
