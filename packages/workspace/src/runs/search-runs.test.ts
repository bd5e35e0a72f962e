import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { RidgelineError } from '../errors.ts';
import { Experiments } from '../experiments/experiments.ts';
import { Runs } from './runs.ts';
import type { RunSearch } from './search-runs.ts';

const temporary = useTemporaryDatabase();
let runs: Runs;

beforeEach(async () => {
  let now = 0;
  runs = new Runs({ database: temporary.database, clock: () => ++now });
  await add('low', { rmse: 1 }, { alpha: '0.1' }, { team: 'red', 'my key': 'x' });
  await add('middle', { rmse: 2, 'r 2': 0.5 }, { alpha: '0.5' }, { team: 'Red' });
  await add('high', { rmse: 3 }, { alpha: '0.1', note: "it's 50%" }, { team: 'blue' });
  await add('nan', { rmse: Number.NaN }, {}, {});
  await add('empty', {}, {}, {});
});

async function add(
  runName: string,
  metrics: Record<string, number>,
  params: Record<string, string>,
  tags: Record<string, string>,
): Promise<void> {
  const { info } = await runs.create({ experimentId: '0', runName, tags });
  const pairs = Object.entries(metrics).map(([key, value]) => ({ key, value }));
  await runs.logBatch(info.run_id, { metrics: pairs, params });
}

async function names(search: Partial<RunSearch>): Promise<readonly string[]> {
  const { items } = await runs.search({ experimentIds: ['0'], ...search });
  return items.map((run) => run.info.run_name);
}

describe('filters', () => {
  test.each([
    ['metrics.rmse > 1', ['high', 'middle']],
    ['metrics.rmse >= 1 and metrics.rmse < 3', ['middle', 'low']],
    ['metrics.rmse = 2', ['middle']],
    ['metrics.rmse != 2', ['nan', 'high', 'low']],
    ['metrics.rmse < 1', []],
    ['metrics.`r 2` = 0.5', ['middle']],
    ["params.alpha = '0.1'", ['high', 'low']],
    ["params.alpha != '0.1'", ['middle']],
    ["params.note = 'it''s 50%'", ['high']],
    ["params.note LIKE '%50\\%'", []],
    ["tags.team LIKE 'r%'", ['low']],
    ["tags.team ILIKE 'R%'", ['middle', 'low']],
    ["tags.team LIKE '_lue'", ['high']],
    [`tags."my key" = 'x'`, ['low']],
    ["attributes.run_name = 'nan'", ['nan']],
    ["run_name LIKE '%d%'", ['middle']],
    ["attributes.status = 'RUNNING' and params.alpha = '0.1' and metrics.rmse > 2", ['high']],
    ["attributes.status = 'FINISHED'", []],
    ['attributes.start_time > 0', ['empty', 'nan', 'high', 'middle', 'low']],
    ['attributes.end_time > 0', []],
    ['', ['empty', 'nan', 'high', 'middle', 'low']],
  ])('%s finds %j', async (filter, found) => {
    expect(await names({ filter })).toEqual(found);
  });

  test('a run is found by its id', async () => {
    const [run] = (await runs.search({ experimentIds: ['0'], filter: "run_name = 'low'" })).items;
    const id = run?.info.run_id ?? '';
    expect(await names({ filter: `attributes.run_id = '${id}'` })).toEqual(['low']);
  });

  test('values are values, whatever they look like in SQL', async () => {
    const filter = `params.alpha = ''' or ''1''=''1' and tags."x') or (1=1" = 'y'`;
    expect(await names({ filter })).toEqual([]);
  });

  test('any filter finds runs or is INVALID_PARAMETER_VALUE', async () => {
    const name = fc.constantFrom(
      'metrics.rmse',
      'tags.`a`',
      'params.alpha',
      'run_name',
      'start_time',
    );
    const comparator = fc.constantFrom('=', '!=', '<', '>=', 'LIKE', 'ILIKE', 'is');
    const quoted = fc.string({ unit: 'binary' }).map((text) => `'${text.replaceAll("'", "''")}'`);
    const value = fc.oneof(fc.double().map(String), quoted, fc.constant("'%_%'"));
    const clause = fc.tuple(name, comparator, value).map((words) => words.join(' '));
    const filters = fc.array(clause, { maxLength: 4 }).map((clauses) => clauses.join(' and '));
    const property = fc.asyncProperty(filters, async (filter) => {
      try {
        expect((await names({ filter })).length).toBeLessThanOrEqual(5);
      } catch (error) {
        expect(error).toBeInstanceOf(RidgelineError);
        expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
      }
    });
    await fc.assert(property, { numRuns: 300 });
  });

  test('the longest filter that is allowed can be run', async () => {
    const filter = Array(100).fill("tags.team LIKE '%e%'").join(' and ');
    expect(await names({ filter })).toEqual(['high', 'middle', 'low']);
    const pattern = `tags.team LIKE '${'%'.repeat(10_000)}'`;
    expect(await names({ filter: pattern })).toEqual(['high', 'middle', 'low']);
  });
});

describe('order', () => {
  test.each([
    [[], ['empty', 'nan', 'high', 'middle', 'low']],
    [['start_time'], ['low', 'middle', 'high', 'nan', 'empty']],
    [['attributes.Created ASC'], ['low', 'middle', 'high', 'nan', 'empty']],
    [['metrics.rmse'], ['low', 'middle', 'high', 'nan', 'empty']],
    [['metrics.rmse DESC'], ['high', 'middle', 'low', 'nan', 'empty']],
    [['params.alpha'], ['high', 'low', 'middle', 'empty', 'nan']],
    [
      ['params.alpha DESC', 'metrics.rmse'],
      ['middle', 'low', 'high', 'nan', 'empty'],
    ],
    [['tags.team desc'], ['low', 'high', 'middle', 'empty', 'nan']],
    [['run_name'], ['empty', 'high', 'low', 'middle', 'nan']],
    [
      ['end_time desc', 'run_name desc'],
      ['nan', 'middle', 'low', 'high', 'empty'],
    ],
  ])('by %j is %j', async (orderBy, order) => {
    expect(await names({ orderBy })).toEqual(order);
  });
});

describe('pages', () => {
  test('give every run once, in order', async () => {
    const seen: string[] = [];
    let pageToken: string | null = '';
    while (pageToken !== null) {
      const page = await runs.search({ experimentIds: ['0'], maxResults: 2, pageToken });
      seen.push(...page.items.map((run) => run.info.run_name));
      pageToken = page.nextPageToken;
    }
    expect(seen).toEqual(['empty', 'nan', 'high', 'middle', 'low']);
  });

  test.each([
    { filter: 'metrics.rmse > 0' },
    { orderBy: ['metrics.rmse'] },
    { viewType: 'ALL' as const },
    { experimentIds: ['0', '1'] },
  ])('a token is refused by a search that asks otherwise: %o', async (other) => {
    const { nextPageToken } = await runs.search({ experimentIds: ['0'], maxResults: 2 });
    const asking = names({ ...other, pageToken: nextPageToken ?? '' });
    await expect(asking).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message: expect.stringContaining('is of a search that asked for something else'),
    });
  });
});

describe('experiments and stages', () => {
  test('only runs of the experiments asked for are found', async () => {
    const experiments = new Experiments({ database: temporary.database });
    const { experiment_id: other } = await experiments.create({ name: 'other' });
    await runs.create({ experimentId: other, runName: 'elsewhere' });
    expect(await names({ experimentIds: [other] })).toEqual(['elsewhere']);
    expect(await names({ experimentIds: [other, '0', other] })).toHaveLength(6);
    expect(await names({ experimentIds: ['99', 'abc', "0' or 1=1"] })).toEqual([]);
    expect(await names({ experimentIds: [] })).toEqual([]);
  });

  test('deleted runs are shown on request only', async () => {
    const [run] = (await runs.search({ experimentIds: ['0'], filter: "run_name = 'low'" })).items;
    await runs.delete(run?.info.run_id ?? '');
    expect(await names({ filter: "params.alpha = '0.1'" })).toEqual(['high']);
    expect(await names({ viewType: 'DELETED_ONLY' })).toEqual(['low']);
    expect(await names({ viewType: 'ALL' })).toHaveLength(5);
  });

  test('what is found carries all that was logged', async () => {
    const { items } = await runs.search({ experimentIds: ['0'] });
    for (const run of items) expect(run).toEqual(await runs.get(run.info.run_id));
  });
});

describe('what cannot be searched', () => {
  test.each([
    { filter: 'metrics.rmse' },
    { filter: "attributes.colour = 'x'" },
    { orderBy: ['metrics.rmse sideways'] },
    { maxResults: 0 },
    { maxResults: 50_001 },
    { pageToken: 'nonsense' },
    { viewType: 'SOME' as 'ALL' },
    { experimentIds: Array.from({ length: 10_001 }, (_, index) => String(index)) },
  ])('%o is INVALID_PARAMETER_VALUE', async (search) => {
    await expect(names(search)).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});
