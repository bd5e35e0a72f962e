import { afterEach, describe, expect, it } from 'vitest';
import { regressionTable } from '../../test/tables.ts';
import { foldsOf } from '../evaluation/plan.ts';
import { factsOf } from '../problem/facts.ts';
import { makeProblem } from '../problem/make-problem.ts';
import { resolveSettings } from '../settings/resolve-settings.ts';
import type { FitTask, ProblemMessage } from './messages.ts';
import { WorkerPool } from './worker-pool.ts';

const train = regressionTable(60);
const settings = resolveSettings(train, { targetColumn: 'y', task: 'regression' });
const { problem } = makeProblem({ train }, settings);
const plan = foldsOf(new Array(60).fill(0), { count: 3, repeats: 1, seed: 0 });

function message(pool: WorkerPool): ProblemMessage {
  return {
    kind: 'problem',
    task: problem.task,
    columns: problem.x.columns,
    target: problem.target,
    classes: problem.classes,
    fitWeights: problem.fitWeights,
    folds: plan.folds,
    facts: factsOf(problem, plan, settings.primaryMetric),
    stopFlags: pool.stopFlags,
  };
}

function ridgeTask(id: number, parameters: FitTask['parameters'] = { alpha: 1 }): FitTask {
  return { kind: 'fit', id, learner: 'ridge', parameters, seed: 0, fold: id % 3, sampleRows: null };
}

/** A fit that would go on for minutes. */
function endlessTask(id: number): FitTask {
  const parameters = { nEstimators: 100_000, minSamplesLeaf: 1, maxFeatures: 'share' };
  return { ...ridgeTask(id, parameters), learner: 'extra_trees' };
}

describe('the pool', () => {
  let pool: WorkerPool;
  afterEach(() => pool.close());

  it('fits what it is given, fold by fold', async () => {
    pool = new WorkerPool(2);
    pool.setProblem(message(pool));
    const results = await Promise.all([0, 1, 2].map((id) => pool.run(ridgeTask(id))));
    expect(results.map(({ predictions }) => predictions.length)).toEqual([20, 20, 20]);
    expect(JSON.parse(new TextDecoder().decode(results[0].model))).toHaveProperty('estimator');
  });

  it('tells why a fit fails, and goes on', async () => {
    pool = new WorkerPool(1);
    pool.setProblem(message(pool));
    const failed = pool.run(ridgeTask(0, { alpha: -1 }));
    await expect(failed).rejects.toMatchObject({ wasStopped: false });
    await expect(failed).rejects.toThrow("parameter 'alpha'");
    expect((await pool.run(ridgeTask(1))).predictions).toHaveLength(20);
  });

  it('fails the task of a worker that dies, and puts another in its place', async () => {
    pool = new WorkerPool(1);
    pool.setProblem(message(pool));
    await pool.run(ridgeTask(0));
    const [victim] = pool.workers;
    const doomed = pool.run(endlessTask(1));
    const next = pool.run(ridgeTask(2));
    await victim.terminate();
    await expect(doomed).rejects.toThrow('its worker ended');
    expect((await next).predictions).toHaveLength(20);
    expect(pool.workers[0]).not.toBe(victim);
  });

  it('ends a fit that does not end by itself', async () => {
    pool = new WorkerPool(1);
    pool.setProblem(message(pool));
    await pool.run(ridgeTask(0));
    const endless = pool.run(endlessTask(1));
    pool.kill(1);
    await expect(endless).rejects.toMatchObject({ wasStopped: true });
    expect((await pool.run(ridgeTask(2))).predictions).toHaveLength(20);
  });

  it('calls off what waits, and all when it closes', async () => {
    pool = new WorkerPool(1);
    const first = pool.run(ridgeTask(0));
    const second = pool.run(ridgeTask(1));
    pool.stop(1);
    await expect(second).rejects.toThrow('called off');
    const closed = pool.close();
    await expect(first).rejects.toThrow('the search ended');
    await closed;
  });
});
