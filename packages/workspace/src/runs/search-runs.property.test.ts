// Whatever way a search takes, it finds what a plain look at all runs finds, in the same order.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { Experiments } from '../experiments/experiments.ts';
import type { Page, PageRequest } from '../search/page.ts';
import { type PlainCondition, type PlainOrder, plainSearch } from './plain-search.fixture.ts';
import type { Run } from './run.ts';
import { Runs } from './runs.ts';
import { checkRunSearch, searchLong } from './search-runs.ts';

const temporary = useTemporaryDatabase();

const values = [-1, 0, 0.5, 1, 1, 1e300, Number.NaN, Number.POSITIVE_INFINITY];
// What is the same in its first 64 characters and differs after them, and letters beyond 16 bits.
const long = 'x'.repeat(64);
const texts = ['', 'a', 'B', 'b', long, `${long}a`, `${long}b`, '\u{1F600}', '\uFFEE'];
const metrics = ['metrics.loss', 'metrics.f1'];
const pairs = ['params.alpha', 'tags.team'];
const attributes = ['attributes.start_time', 'attributes.end_time', 'attributes.run_name'];

const newRun = fc.record({
  experiment: fc.integer({ min: 0, max: 2 }),
  startTime: fc.integer({ min: 1, max: 3 }),
  endTime: fc.option(fc.integer({ min: 4, max: 6 }), { nil: undefined }),
  isDeleted: fc.boolean(),
  metrics: fc.dictionary(fc.constantFrom('loss', 'f1'), fc.constantFrom(...values)),
  params: fc.dictionary(fc.constant('alpha'), fc.constantFrom(...texts)),
  tags: fc.dictionary(fc.constant('team'), fc.constantFrom(...texts)),
});

const condition: fc.Arbitrary<PlainCondition> = fc.oneof(
  fc.record({
    field: fc.constantFrom(...metrics),
    comparator: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
    value: fc.constantFrom(-1, 0, 0.5, 1, 1e300),
  }),
  fc.record({
    field: fc.constantFrom(...pairs),
    comparator: fc.constantFrom('=', '!='),
    value: fc.constantFrom(...texts),
  }),
);
const order: fc.Arbitrary<readonly PlainOrder[]> = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom(...metrics, ...pairs, ...attributes),
    direction: fc.constantFrom('asc', 'desc'),
  }),
  { selector: ({ field }) => field, maxLength: 3 },
);
const search = fc.record({
  conditions: fc.array(condition, { maxLength: 3 }),
  order,
  experiments: fc.subarray([0, 1, 2], { minLength: 1 }),
  viewType: fc.constantFrom('ACTIVE_ONLY', 'DELETED_ONLY', 'ALL'),
  maxResults: fc.integer({ min: 1, max: 9 }),
});

test('every search finds what a plain look at all runs finds, page by page', async () => {
  const runs = new Runs({ database: temporary.database });
  const experiments = new Experiments({ database: temporary.database });
  for (const name of ['one', 'two']) await experiments.create({ name });
  const all: Run[] = [];
  for (const run of fc.sample(newRun, { numRuns: 80, seed: 7 })) all.push(await make(runs, run));

  const property = fc.asyncProperty(search, async (asked) => {
    const { conditions, order: terms, experiments: numbers, viewType, maxResults } = asked;
    const experimentIds = numbers.map(String);
    const wanted = all.filter(
      ({ info }) =>
        experimentIds.includes(info.experiment_id) &&
        (viewType === 'ALL' || viewType === `${info.lifecycle_stage.toUpperCase()}_ONLY`),
    );
    const filter = conditions
      .map(({ field, comparator, value }) => `${field} ${comparator} ${quoted(value)}`)
      .join(' and ');
    const orderBy = terms.map(({ field, direction }) => `${field} ${direction}`);
    const request = { experimentIds, filter, orderBy, viewType, maxResults };
    const expected = plainSearch(wanted, conditions, terms);
    const found = await allPages((page) => runs.search({ ...request, ...page }));
    expect(found.map(({ info }) => info.run_id)).toEqual(expected);
    // The way for many runs.
    const walked = await allPages((page) =>
      temporary.database.read((reader) =>
        searchLong(reader, checkRunSearch({ ...request, ...page })),
      ),
    );
    expect(walked.map((row) => row.run_uuid)).toEqual(expected);
  });
  await fc.assert(property, { numRuns: 150 });
});

async function allPages<T>(ask: (page: PageRequest) => Promise<Page<T>>): Promise<readonly T[]> {
  const found: T[] = [];
  let pageToken: string | null = '';
  while (pageToken !== null) {
    const page: Page<T> = await ask({ pageToken });
    found.push(...page.items);
    pageToken = page.nextPageToken;
  }
  return found;
}

function quoted(value: number | string): string {
  return typeof value === 'number' ? String(value) : `'${value}'`;
}

type NewRun = typeof newRun extends fc.Arbitrary<infer Value> ? Value : never;

async function make(runs: Runs, run: NewRun): Promise<Run> {
  const { experiment, startTime, endTime, metrics: logged, params, tags } = run;
  const { info } = await runs.create({ experimentId: String(experiment), startTime, tags });
  const points = Object.entries(logged).map(([key, value]) => ({ key, value }));
  await runs.logBatch(info.run_id, { metrics: points, params });
  if (endTime !== undefined) await runs.update(info.run_id, { endTime });
  if (run.isDeleted) await runs.delete(info.run_id);
  return runs.get(info.run_id);
}
