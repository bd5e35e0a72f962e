import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Page, pageWindow, toPage } from './page.ts';
import { columnKey, comparePlaces, type SortKey } from './sort-key.ts';

const bounds = { defaultResults: 10, maxResults: 50 };
const keys: readonly SortKey[] = [
  columnKey('t', 'name', { type: 'text', direction: 'desc', nulls: 'last' }),
  columnKey('t', 'isOld', { type: 'boolean' }),
  columnKey('t', 'size', { nulls: 'first' }),
  columnKey('t', 'id'),
];
const asked = ['things', undefined, []];

interface Row {
  readonly name: string | null;
  readonly isOld: boolean;
  readonly size: number | null;
  readonly id: number;
}

const placeIn = (row: Row) => [row.name, row.isOld, row.size, row.id];

function sorted(rows: readonly Row[]): readonly Row[] {
  return rows.toSorted((a, b) => comparePlaces(keys, placeIn(a), placeIn(b)));
}

function pageOf(rows: readonly Row[], maxResults: number, pageToken = ''): Page<Row> {
  const window = pageWindow({ maxResults, pageToken }, bounds, { keys, asked });
  const { after } = window;
  const left = rows.filter((row) => !after || comparePlaces(keys, placeIn(row), after) > 0);
  return toPage(sorted(left).slice(0, window.limit + 1), window);
}

const rowsOf = fc
  .array(
    fc.record({
      name: fc.option(fc.constantFrom('', 'a', 'b', '\u{1F600}', '\uFFEE')),
      isOld: fc.boolean(),
      size: fc.option(fc.constantFrom(-1, 0, 0.1, 1e300, 7)),
    }),
    { maxLength: 60 },
  )
  .map((rows) => rows.map((row, id) => ({ ...row, id })));

const token = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');

describe('pages', () => {
  test('one after the other, they give every item once, in order', () => {
    const property = fc.property(rowsOf, fc.integer({ min: 1, max: 20 }), (rows, size) => {
      const seen: Row[] = [];
      let pageToken: string | null = '';
      while (pageToken !== null) {
        const page: Page<Row> = pageOf(rows, size, pageToken);
        seen.push(...page.items);
        pageToken = page.nextPageToken;
      }
      expect(seen).toEqual(sorted(rows));
    });
    fc.assert(property);
  });

  test('a full last page has no next page', () => {
    const row = { name: null, isOld: false, size: 1 };
    expect(
      pageOf(
        [
          { ...row, id: 1 },
          { ...row, id: 2 },
        ],
        2,
      ).nextPageToken,
    ).toBeNull();
  });

  test.each([0, -1, 51, 1.5, Number.NaN])('max_results %d is refused', (maxResults) => {
    const ask = () => pageWindow({ maxResults }, bounds, { keys, asked });
    expect(ask).toThrow('max_results must be a whole number');
  });
});

describe('a token', () => {
  const rows = ['c', 'b', 'a'].map((name, id) => ({ name, isOld: false, size: 1, id }));
  const given = pageOf(rows, 1).nextPageToken ?? '';
  const { search } = JSON.parse(Buffer.from(given, 'base64').toString());

  test('is good for a search that leaves out what was empty, and for pages of any size', () => {
    const again = pageWindow({ maxResults: 7, pageToken: given }, bounds, {
      keys,
      asked: ['things', '', undefined],
    });
    expect(again).toMatchObject({ limit: 7, after: ['c', false, 1, 0] });
  });

  test('of a search that asked for something else is refused, and says so', () => {
    const other = { keys, asked: ['things', "name = 'a'", []] };
    expect(() => pageWindow({ pageToken: given }, bounds, other)).toThrow(
      'is of a search that asked for something else (another filter or order_by?)',
    );
  });

  test.each([
    'x',
    '!!!',
    '\0',
    'A'.repeat(1_000_001),
    token({}),
    token(null),
    token({ offset: 2 }),
    token({ search }),
    token({ search, after: 'c' }),
    token({ search, after: ['c', false, 1] }),
    token({ search, after: ['c', false, 1, 0, 0] }),
    token({ search, after: ['c', false, 1, null] }),
    token({ search, after: [1, false, 1, 0] }),
    token({ search, after: ['\0', false, 1, 0] }),
    token({ search, after: ['\ud800', false, 1, 0] }),
    token({ search, after: ['c', 0, 1, 0] }),
    token({ search, after: ['c', false, '1', 0] }),
    token({ search, after: ['c', false, 1, {}] }),
  ])('that nobody has given out is refused: %s', (pageToken) => {
    const ask = () => pageWindow({ pageToken }, bounds, { keys, asked });
    expect(ask).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER_VALUE' }));
    expect(ask).toThrow('page_token');
  });
});
