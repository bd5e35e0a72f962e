import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseBestRun, readMetrics } from './choose-best-run.ts';

const metrics = {
  a: {
    r2_score: [0.9],
    normalized_root_mean_squared_error: [0.2],
    accuracy: [0.7],
    log_loss: [0.2],
  },
  b: {
    r2_score: [0.95],
    normalized_root_mean_squared_error: [0.1],
    accuracy: [0.8],
    log_loss: [0.4],
    my_cost: [1],
  },
  c: { r2_score: [0.95], normalized_root_mean_squared_error: [0.1], spearman_correlation: [0.5] },
  d: { r2_score: [-1], normalized_root_mean_squared_error: [0.3], spearman_correlation: [0.7] },
};

describe('the best run', () => {
  it.each([
    ['r2_score', 'c', 0.95],
    ['spearman_correlation', 'd', 0.7],
    ['normalized_root_mean_squared_error', 'c', 0.1],
    ['accuracy', 'b', 0.8],
    ['log_loss', 'a', 0.2],
    ['my_cost', 'b', 1],
  ])('by %s is %s: the greatest or the least, of equals the last', (name, runId, value) => {
    expect(chooseBestRun(metrics, name)).toEqual({ runId, metric: name, value });
  });

  it('is found by another name of the metric, too', () => {
    expect(chooseBestRun(metrics, 'R2_Score')).toMatchObject({ runId: 'c', metric: 'r2_score' });
  });

  it('by a metric that no run has is told with those that there are', () => {
    expect(() => chooseBestRun(metrics, 'goodness')).toThrow(
      "no run has the metric 'goodness'; there are r2_score, normalized_root_mean_squared_error, accuracy, log_loss, my_cost, spearman_correlation",
    );
    expect(() => chooseBestRun({}, 'r2_score')).toThrow('there are none');
  });
});

describe('the file of the metrics', () => {
  let file: string;
  beforeEach(async () => {
    file = path.join(await mkdtemp(path.join(tmpdir(), 'metrics-')), 'metrics.json');
  });
  afterEach(() => rm(path.dirname(file), { recursive: true }));

  it('is read as it was written', async () => {
    await writeFile(file, JSON.stringify(metrics));
    expect(await readMetrics(file)).toEqual(metrics);
  });

  it.each(['', '[', 'null', '1', '{"a": {"r2_score": 1}}', '{"a": {"r2_score": ["1"]}}'])(
    'as %j is refused',
    async (text) => {
      await writeFile(file, text);
      await expect(readMetrics(file)).rejects.toMatchObject({ code: 'METRICS_INVALID' });
    },
  );
});
