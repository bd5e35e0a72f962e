// A worker that dies in the middle of a search: its trial is told as failed, another worker takes its
// place, and the search goes on to a model.
import { afterEach, expect, it, vi } from 'vitest';
import { regressionTable } from '../../test/tables.ts';
import { WorkerPool } from '../pool/worker-pool.ts';
import { search } from './search.ts';

const genuine = WorkerPool.prototype.run;

afterEach(() => {
  vi.restoreAllMocks();
});

it('costs its trial, not the search', async () => {
  const pools: WorkerPool[] = [];
  // Only looks: the pool is the search's own, and so is the thread that is ended.
  vi.spyOn(WorkerPool.prototype, 'run').mockImplementation(function spied(this: WorkerPool, task) {
    if (!pools.includes(this)) pools.push(this);
    return genuine.call(this, task);
  });
  let isKilled = false;
  const result = await search(
    { train: regressionTable(400) },
    { targetColumn: 'y', maxTrials: 9, crossValidations: 5, maxConcurrentTrials: 1, seed: 2 },
    {
      onTrialStart: ({ number }) => {
        // The sixth begins when the second has ended: others are under way.
        if (number !== 6) return;
        isKilled = true;
        setImmediate(() => pools[0].workers[0].terminate());
      },
    },
  );
  expect(isKilled).toBe(true);
  const states = new Map(result.leaderboard.map((trial) => [trial.number, trial]));
  const failed = result.leaderboard.filter(({ state }) => state === 'failed');
  expect(failed).toHaveLength(1);
  expect(failed[0].error).toContain('its worker');
  expect(failed[0].number).toBeLessThanOrEqual(6);
  expect(states.get(9)?.state).toBe('completed');
  expect(result.best.score).not.toBeNull();
});
