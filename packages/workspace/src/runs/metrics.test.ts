import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import type { Metric } from './run.ts';
import { Runs } from './runs.ts';

const temporary = useTemporaryDatabase();
let runs: Runs;
let runId: string;

beforeEach(async () => {
  runs = new Runs({ database: temporary.database, clock: () => 1_000 });
  runId = (await runs.create({ experimentId: '0' })).info.run_id;
});

async function history(key: string): Promise<readonly Metric[]> {
  return (await runs.metricHistory(runId, key)).items;
}

async function latest(key: string): Promise<Metric | undefined> {
  return (await runs.get(runId)).data.metrics.find((metric) => metric.key === key);
}

describe('values', () => {
  test.each([0.1, -0.5, 1e-320, Number.MAX_VALUE, 5e-324, 2 ** 53 + 2, 42, 0, Number.NaN])(
    '%d comes back as it was',
    async (value) => {
      await runs.logMetric(runId, { key: 'm', value });
      expect((await latest('m'))?.value).toBe(value);
      expect((await history('m'))[0]?.value).toBe(value);
    },
  );

  test('an infinity comes back as the largest number of its sign, as from MLflow', async () => {
    await runs.logMetric(runId, { key: 'up', value: Number.POSITIVE_INFINITY });
    await runs.logMetric(runId, { key: 'down', value: Number.NEGATIVE_INFINITY });
    expect((await latest('up'))?.value).toBe(Number.MAX_VALUE);
    expect((await latest('down'))?.value).toBe(-Number.MAX_VALUE);
  });

  test('any double comes back bit for bit', async () => {
    const values = fc.sample(fc.double({ noDefaultInfinity: true }), 500);
    const metrics = values.map((value, step) => ({ key: 'm', value, step, timestamp: step }));
    await runs.logBatch(runId, { metrics });
    expect((await history('m')).map((metric) => metric.value + 0)).toEqual(
      values.map((v) => v + 0),
    );
  });
});

describe('the history', () => {
  test('has every point, by time and then by step', async () => {
    await runs.logBatch(runId, {
      metrics: [
        { key: 'loss', value: 3, timestamp: 20, step: 2 },
        { key: 'loss', value: 1, timestamp: 10, step: 9 },
        { key: 'loss', value: 2, timestamp: 20, step: 1 },
        { key: 'other', value: 7 },
      ],
    });
    expect((await history('loss')).map((metric) => metric.value)).toEqual([1, 2, 3]);
    expect(await history('unknown')).toEqual([]);
  });

  test('a point sent again is one point, and the same point with another value is two', async () => {
    const point = { key: 'm', value: 1, timestamp: 5, step: 1 };
    await runs.logBatch(runId, { metrics: [point, point] });
    await runs.logMetric(runId, point);
    await runs.logMetric(runId, { ...point, value: 2 });
    await runs.logMetric(runId, { ...point, value: Number.NaN });
    await runs.logMetric(runId, { ...point, value: Number.NaN });
    expect(await history('m')).toHaveLength(3);
  });

  test('is paged', async () => {
    const metrics = Array.from({ length: 1_000 }, (_, step) => ({ key: 'm', value: step, step }));
    await runs.logBatch(runId, { metrics });
    const first = await runs.metricHistory(runId, 'm', { maxResults: 600 });
    const pageToken = first.nextPageToken ?? '';
    const second = await runs.metricHistory(runId, 'm', { maxResults: 600, pageToken });
    const steps = [...first.items, ...second.items].map((metric) => metric.step);
    expect(steps).toEqual(metrics.map((metric) => metric.step));
    expect(second.nextPageToken).toBeNull();
  });
});

function eachOnceByTime(points: readonly Metric[]): readonly Metric[] {
  const each = new Map(points.map((point) => [JSON.stringify(point), point]));
  return [...each.values()].toSorted(
    (x, y) => x.timestamp - y.timestamp || x.step - y.step || x.value - y.value,
  );
}

describe('the latest value', () => {
  test('is that of the greatest step, then time, then value, and the history has each point once, in whatever order they come', async () => {
    const point = fc.record({
      key: fc.constantFrom('a', 'b'),
      value: fc.integer({ min: -2, max: 2 }),
      timestamp: fc.nat(2),
      step: fc.integer({ min: -1, max: 1 }),
    });
    const batches = fc.array(fc.array(point, { minLength: 1, maxLength: 5 }), { maxLength: 5 });
    const property = fc.asyncProperty(batches, async (logged) => {
      runId = (await runs.create({ experimentId: '0' })).info.run_id;
      for (const metrics of logged) await runs.logBatch(runId, { metrics });
      for (const key of ['a', 'b']) {
        const points = logged.flat().filter((metric) => metric.key === key);
        const expected = points.toSorted(
          (x, y) => x.step - y.step || x.timestamp - y.timestamp || x.value - y.value,
        );
        expect(await latest(key)).toEqual(expected.at(-1));
        expect(await history(key)).toEqual(eachOnceByTime(points));
      }
    });
    await fc.assert(property, { numRuns: 50 });
  });

  test('of concurrent writers is the same as of one', async () => {
    const steps = Array.from({ length: 100 }, (_, step) => step);
    await Promise.all(steps.map((step) => runs.logMetric(runId, { key: 'm', value: -step, step })));
    expect(await latest('m')).toMatchObject({ step: 99, value: -99 });
    expect(await history('m')).toHaveLength(100);
  });
});

test('what several runs log at the same time under one name goes to each of them', async () => {
  const ids = [runId];
  for (let more = 0; more < 3; more += 1) {
    ids.push((await runs.create({ experimentId: '0' })).info.run_id);
  }
  const steps = Array.from({ length: 20 }, (_, step) => step);
  const log = (id: string, step: number) => runs.logMetric(id, { key: 'm', value: step, step });
  await Promise.all(ids.flatMap((id, of) => steps.map((step) => log(id, step * (of + 1)))));
  for (const [of, id] of ids.entries()) {
    const { items } = await runs.metricHistory(id, 'm');
    expect(items.map(({ step }) => step)).toEqual(steps.map((step) => step * (of + 1)));
  }
});

test('a sample lies evenly between the first and the last point, whatever their number', async () => {
  const metrics = Array.from({ length: 300 }, (_, step) => ({ key: 'even', value: 0, step }));
  await runs.logBatch(runId, { metrics });
  const counts = fc.record({
    total: fc.integer({ min: 1, max: 300 }),
    maxResults: fc.integer({ min: 1, max: 310 }),
  });
  const property = fc.asyncProperty(counts, async ({ total, maxResults }) => {
    const steps = [0, total - 1] as const;
    const sample = await runs.sampleMetrics({ runIds: [runId], key: 'even', steps, maxResults });
    const last = Math.min(total, maxResults) - 1;
    const places = Array.from({ length: last + 1 }, (_, i) => Math.round((i * (total - 1)) / last));
    expect(sample.map(({ step }) => step)).toEqual(last === 0 ? [total - 1] : places);
  });
  await fc.assert(property, { numRuns: 60 });
});
