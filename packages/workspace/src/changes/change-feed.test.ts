import { describe, expect, it, vi } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { Experiments } from '../experiments/experiments.ts';
import { Runs } from '../runs/runs.ts';
import type { Change } from './change.ts';
import { ChangeFeed } from './change-feed.ts';
import { type ChangeFilter, changeTest } from './change-filter.ts';
import type { ChangeReader } from './change-reader.ts';

const temporary = useTemporaryDatabase();

function open(options: { readonly lingerMs?: number } = {}) {
  const { database } = temporary;
  const feed = new ChangeFeed({ database, ...options });
  const experiments = new Experiments({ database, changes: feed });
  return { feed, experiments, runs: new Runs({ database, changes: feed }) };
}

/** All that has come until there are so many. */
async function take(
  reader: ChangeReader,
  count: number,
  filter: ChangeFilter = {},
): Promise<readonly (Change | null)[]> {
  const test = changeTest(filter);
  const taken: (Change | null)[] = [];
  while (taken.length < count) {
    await reader.wait(1_000);
    for (const { change, place } of reader.next())
      if (change === null || test(change, place)) taken.push(change);
  }
  return taken;
}

async function newRun(runs: Runs, parentRunId?: string): Promise<string> {
  const parent = parentRunId === undefined ? {} : { parentRunId };
  return (await runs.create({ experimentId: '0', ...parent })).info.run_id;
}

describe('what happens to a run', () => {
  it('is told in its order, its points before its end', async () => {
    const { feed, runs } = open();
    const reader = feed.read();
    const runId = await newRun(runs);
    // Logged at once, they are told at once however slow the machine is.
    await Promise.all([
      runs.logMetric(runId, { key: 'loss', value: 2, step: 1, timestamp: 5 }),
      runs.logMetric(runId, { key: 'loss', value: Number.NaN, step: 2, timestamp: 6 }),
    ]);
    await runs.logBatch(runId, { params: [{ key: 'p', value: '1' }] });
    await runs.update(runId, { status: 'FINISHED' });
    await runs.deleteTag(runId, 'mlflow.runName');
    await runs.delete(runId);
    expect(await take(reader, 6)).toMatchObject([
      { kind: 'run', action: 'created', runId, experimentId: '0', status: 'RUNNING' },
      {
        kind: 'metrics',
        count: 2,
        metrics: [
          { key: 'loss', value: 2, step: 1, timestamp: 5 },
          { key: 'loss', value: 'NaN', step: 2, timestamp: 6 },
        ],
      },
      { kind: 'params', runId, keys: ['p'] },
      { kind: 'run', action: 'updated', status: 'FINISHED' },
      { kind: 'tags', runId, keys: ['mlflow.runName'] },
      { kind: 'run', action: 'deleted' },
    ]);
    await feed.close();
  });

  it('is not told where the write has failed', async () => {
    const { feed, runs, experiments } = open();
    const runId = await newRun(runs);
    await runs.logParam(runId, 'p', '1');
    const reader = feed.read();
    await Promise.allSettled([
      runs.logParam(runId, 'p', '2'),
      runs.logMetric('0'.repeat(32), { key: 'k', value: 1 }),
      runs.update('0'.repeat(32), { status: 'FAILED' }),
      runs.restore(runId),
      runs.deleteTag(runId, 'none'),
      runs.create({ experimentId: '99' }),
      experiments.delete('99'),
      experiments.create({ name: 'Default' }),
    ]);
    await runs.setTag(runId, 'last', '');
    expect(await take(reader, 1)).toEqual([{ kind: 'tags', runId, keys: ['last'] }]);
    await feed.close();
  });

  it('is on disk when it is told', async () => {
    const { feed, runs } = open();
    const reader = feed.read();
    const made = newRun(runs);
    const [told] = await take(reader, 1);
    const runId = told !== null && told !== undefined && 'runId' in told ? told.runId : undefined;
    expect((await runs.get(runId ?? '')).info.status).toBe('RUNNING');
    expect(runId).toBe(await made);
    await feed.close();
  });

  it('is told in few words, however much is logged', async () => {
    const { feed, runs } = open();
    const runId = await newRun(runs);
    const reader = feed.read();
    const metrics = Array.from({ length: 1_000 }, (_, step) => ({
      ...{ key: `k${step % 100}`, value: step, step, timestamp: 1 },
    }));
    await runs.logBatch(runId, { metrics });
    const [told] = await take(reader, 1);
    expect(told).toMatchObject({ kind: 'metrics', runId, count: 1_000 });
    expect(told).toHaveProperty('metrics.length', 50);
    expect(told).toHaveProperty('metrics.0', { key: 'k0', value: 900, step: 900, timestamp: 1 });
    await feed.close();
  });
});

describe('who reads', () => {
  it('has what is of a job: its own, its steps’, and that of the runs below', async () => {
    const { feed, runs } = open();
    const reader = feed.read();
    const [jobId, other] = [await newRun(runs), await newRun(runs)];
    const step = await newRun(runs, jobId);
    const below = await newRun(runs, step);
    await runs.setTag(other, 'a', '');
    await runs.setTag(below, 'b', '');
    feed.publish({ kind: 'step', jobId, step: 's', status: 'Running' });
    feed.publish({ kind: 'step', jobId: other, step: 's', status: 'Running' });
    feed.publish({ kind: 'build', buildId: '1' });
    expect(await take(reader, 5, { jobId })).toMatchObject([
      { kind: 'run', runId: jobId },
      { kind: 'run', runId: step },
      { kind: 'run', runId: below },
      { kind: 'tags', runId: below },
      { kind: 'step', jobId },
    ]);
    await feed.close();
  });

  it('finds a run under the parent that it was given last', async () => {
    const { feed, runs } = open();
    const [first, second] = [await newRun(runs), await newRun(runs)];
    const child = await newRun(runs, first);
    const reader = feed.read();
    await runs.setTag(child, 'a', '');
    // Where a change belongs is looked up a moment after it was made.
    expect(await take(reader, 1, { runId: first })).toMatchObject([{ keys: ['a'] }]);
    await runs.setTag(child, 'mlflow.parentRunId', second);
    await runs.setTag(child, 'b', '');
    expect(await take(reader, 2, { runId: second })).toMatchObject([
      { keys: ['mlflow.parentRunId'] },
      { keys: ['b'] },
    ]);
    await feed.close();
  });

  it('has what is of an experiment, and of the kinds that were asked for', async () => {
    const { feed, runs, experiments } = open();
    const { experiment_id: experimentId } = await experiments.create({ name: 'mine' });
    const reader = feed.read();
    await newRun(runs);
    const { info } = await runs.create({ experimentId });
    await runs.setTag(info.run_id, 'a', '');
    await experiments.setTag(experimentId, 'a', '');
    const kinds = new Set(['run', 'experiment'] as const);
    expect(await take(reader, 2, { experimentIds: [experimentId], kinds })).toMatchObject([
      { kind: 'run', experimentId },
      { kind: 'experiment', experimentId },
    ]);
    await feed.close();
  });

  it('goes on from where it was, and is told where that cannot be', async () => {
    const { feed, runs } = open({ lingerMs: 60_000 });
    const runId = await newRun(runs);
    const first = feed.read();
    await runs.setTag(runId, 'a', '');
    await take(first, 1);
    first.close();
    await runs.setTag(runId, 'b', '');
    const second = feed.read(first.id);
    expect(await take(second, 1)).toMatchObject([{ keys: ['b'] }]);
    for (const id of ['00000000-1', `${feed.epoch}-999`, 'x', '']) {
      expect(await take(feed.read(id), 1)).toEqual([null]);
    }
    await feed.close();
  });

  it('comes too late once nobody has read for long', async () => {
    const { feed, runs } = open({ lingerMs: 0 });
    const runId = await newRun(runs);
    const first = feed.read();
    first.close();
    await vi.waitFor(async () => {
      await runs.setTag(runId, 'a', '');
      const reader = feed.read(first.id);
      const [change] = await take(reader, 1);
      reader.close();
      expect(change).toBeNull();
    });
    await feed.close();
  });

  it('is told to read again when the places of changes cannot be found', async () => {
    const { database } = temporary;
    const feed = new ChangeFeed({ database });
    const reader = feed.read();
    await database.close();
    feed.publish({ kind: 'tags', runId: '0'.repeat(32), keys: [] });
    expect(await take(reader, 1)).toEqual([null]);
    await temporary.reopen();
    await feed.close();
  });
});
