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

test('runs that are there all the time are on one page and on one only, while others come and go', async () => {
  const runs = new Runs({ database: temporary.database });
  await new Experiments({ database: temporary.database }).create({ name: 'one' });
  const [kept, passing] = [fc.sample(newRun, 30), fc.sample(newRun, 30)].map((some) =>
    some.map((run) => ({ ...run, experiment: run.experiment % 2, isDeleted: false })),
  );
  const stay: Run[] = [];
  for (const run of kept ?? []) stay.push(await make(runs, run));
  const others: string[] = [];
  for (const run of passing ?? []) others.push((await make(runs, run)).info.run_id);

  const changes = fc.array(fc.subarray(others, { maxLength: 5 }), { minLength: 1, maxLength: 8 });
  const property = fc.asyncProperty(order, changes, async (terms, turns) => {
    const orderBy = terms.map(({ field, direction }) => `${field} ${direction}`);
    const request = { experimentIds: ['0', '1'], orderBy, maxResults: 7 };
    const left = turns.values();
    // Each turn deletes some and brings back others.
    const turn = async () => {
      for (const id of left.next().value ?? []) {
        const { info } = await runs.get(id);
        await (info.lifecycle_stage === 'active' ? runs.delete(id) : runs.restore(id));
      }
    };
    const expected = plainSearch(stay, [], terms);
    const long = (page: PageRequest) =>
      temporary.database.read((reader) =>
        searchLong(reader, checkRunSearch({ ...request, ...page })),
      );
    const short = await allPages((page) => runs.search({ ...request, ...page }), turn);
    for (const found of [
      short.map(({ info }) => info.run_id),
      (await allPages(long, turn)).map((row) => row.run_uuid),
    ]) {
      expect(new Set(found).size).toBe(found.length);
      expect(found.filter((id) => expected.includes(id))).toEqual(expected);
    }
  });
  await fc.assert(property, { numRuns: 20 });
});

test('of many experiments, whose indexes are read a few at a time, too', async () => {
  const runs = new Runs({ database: temporary.database });
  const experiments = new Experiments({ database: temporary.database });
  const experimentIds: string[] = [];
  for (let number = 0; number < 55; number += 1) {
    experimentIds.push((await experiments.create({ name: `of ${number}` })).experiment_id);
  }
  const some = fc.sample(newRun, { numRuns: 80, seed: 3 });
  const all: Run[] = [];
  for (const [index, run] of some.entries()) {
    const experiment = Number(experimentIds[index % experimentIds.length]);
    all.push(await make(runs, { ...run, experiment }));
  }
  // Each experiment asks all conditions, so that the more there are the fewer fit into a statement.
  const asked = [
    [0, undefined],
    [0, 'metrics.loss'],
    [7, 'params.alpha'],
    [25, 'metrics.loss'],
  ] as const;
  for (const [count, field] of asked) {
    const filter = Array(count).fill('attributes.start_time > 0').join(' and ');
    const terms = field === undefined ? [] : [{ field, direction: 'desc' } as const];
    const orderBy = terms.map((term) => `${term.field} ${term.direction}`);
    const request = { experimentIds, filter, orderBy, viewType: 'ALL' as const, maxResults: 50 };
    const found = await allPages((page) =>
      temporary.database.read((reader) =>
        searchLong(reader, checkRunSearch({ ...request, ...page })),
      ),
    );
    expect(found.map((row) => row.run_uuid)).toEqual(plainSearch(all, [], terms));
  }
});

async function allPages<T>(
  ask: (page: PageRequest) => Promise<Page<T>>,
  between: () => Promise<void> = async () => {},
): Promise<readonly T[]> {
  const found: T[] = [];
  let pageToken: string | null = '';
  while (pageToken !== null) {
    const page: Page<T> = await ask({ pageToken });
    found.push(...page.items);
    pageToken = page.nextPageToken;
    await between();
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
