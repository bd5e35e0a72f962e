// The points of metrics, of one run and of several.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let runs: string[];

beforeAll(async () => {
  server = await TestApp.open();
  runs = [await server.run(), await server.run(), await server.run()];
  const [first, second] = runs;
  const points = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ key: 'm', value: i, timestamp: i, step: i }));
  await server.context.workspace.runs.logBatch(first ?? '', { metrics: points(101) });
  await server.context.workspace.runs.logBatch(second ?? '', { metrics: points(2) });
});
afterAll(() => server.close());

interface Points {
  readonly metrics: readonly { readonly run_id: string; readonly step: number }[];
}

const get = (path: string) => server.mlflow('GET', `metrics/${path}`);
async function points(path: string): Promise<Points['metrics']> {
  const { json, status, text } = await get(path);
  expect(status, text).toBe(200);
  return (json as Points).metrics;
}
const all = (name: string) => runs.map((id) => `${name}=${id}`).join('&');

test('a history goes on where its page ended', async () => {
  const path = `get-history?run_id=${runs[0]}&metric_key=m&max_results=60`;
  const first = await get(path);
  const token = encodeURIComponent(textAt(first, 'next_page_token'));
  const second = await points(`${path.slice(0)}&page_token=${token}`);
  expect(second.map(({ step }) => step)).toEqual(Array.from({ length: 41 }, (_, i) => 60 + i));
});

describe('of several runs', () => {
  test('the first points are told, up to a number of them all', async () => {
    const told = await points(`get-history-bulk?${all('run_id')}&metric_key=m`);
    expect(told).toHaveLength(103);
    expect(new Set(told.map((point) => point.run_id)).size).toBe(2);
    const some = `get-history-bulk?${all('run_id')}&metric_key=m&max_results=50`;
    expect(await points(some)).toHaveLength(50);
  });

  test('so many of each are told, evenly, with the first and the last', async () => {
    const path = `get-history-bulk-interval?${all('run_ids')}&metric_key=m`;
    expect(await points(path)).toHaveLength(103);
    const five = await points(`${path}&max_results=5`);
    expect(five.map(({ step }) => step)).toEqual([0, 25, 50, 75, 100, 0, 1]);
    const some = await points(`${path}&max_results=3&start_step=10&end_step=20`);
    expect(some.map(({ step }) => step)).toEqual([10, 15, 20]);
    expect((await points(`${path}&max_results=1`)).map(({ step }) => step)).toEqual([100, 1]);
    expect(await points(`get-history-bulk-interval?${all('run_ids')}&metric_key=none`)).toEqual([]);
  });

  test.each([
    ['get-history-bulk?metric_key=m', 400],
    ['get-history-bulk?run_id=none&metric_key=m', 404],
    [`get-history-bulk?${'run_id=a&'.repeat(1)}max_results=5`, 400],
    ['get-history-bulk-interval?metric_key=m', 400],
    ['get-history-bulk-interval?run_ids=none&metric_key=m', 404],
    ['get-history-bulk-interval?run_ids=a&metric_key=m&start_step=5', 400],
    ['get-history-bulk-interval?run_ids=a&metric_key=m&start_step=5&end_step=4', 400],
    ['get-history-bulk-interval?run_ids=a&metric_key=m&max_results=0', 400],
    ['get-history-bulk-interval?run_ids=a&metric_key=m&max_results=2501', 400],
  ])('%s is refused', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  test('more than 100 of them are refused', async () => {
    const ids = Array.from({ length: 101 }, (_, i) => i);
    for (const [path, name] of [
      ['get-history-bulk', 'run_id'],
      ['get-history-bulk-interval', 'run_ids'],
    ]) {
      const query = ids.map((id) => `${name}=${id}`).join('&');
      expect((await get(`${path}?${query}&metric_key=m`)).status).toBe(400);
    }
  });
});
