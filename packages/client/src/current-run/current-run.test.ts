import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { json, RecordingServer, testToken } from '../../test/recording-server.ts';
import type { Verdict } from '../wire/job.ts';
import { currentRun } from './current-run.ts';
import { OfflineRun } from './offline-run.ts';

const runId = 'a'.repeat(32);
const rootId = 'b'.repeat(32);
const verdict: Verdict = {
  outcome: 'not_better',
  metric: 'mse',
  newValue: 2,
  productionValue: 1,
  model: { name: 'm', version: '1' },
  reason: 'worse',
};

describe('the run of a step', () => {
  let server: RecordingServer;
  beforeEach(async () => {
    server = await RecordingServer.start();
  });
  afterEach(() => server.stop());

  const step = () => ({
    MLFLOW_TRACKING_URI: server.url,
    MLFLOW_TRACKING_TOKEN: testToken,
    MLFLOW_RUN_ID: runId,
    MLFLOW_EXPERIMENT_ID: '4',
    MLFLOW_EXPERIMENT_NAME: 'mlopspython',
    RIDGELINE_JOB_ID: rootId,
    RIDGELINE_STEP_NAME: 'train',
  });

  it('is known by the environment, with its job as parent', () => {
    const run = currentRun(step());
    expect(run).toMatchObject({
      ...{ id: runId, experimentId: '4', experimentName: 'mlopspython', offline: false },
      parent: { id: rootId, experimentName: 'mlopspython', parent: null },
    });
  });

  it.each([rootId, ''])('has no parent where the job is %j', (jobId) => {
    expect(currentRun({ ...step(), RIDGELINE_JOB_ID: jobId, MLFLOW_RUN_ID: rootId }).parent).toBe(
      null,
    );
  });

  it('logs parameters, metrics and tags on itself and on its parent', async () => {
    const run = currentRun(step());
    await run.logParams({ alpha: 0.5, data: 'x' });
    await run.logMetric('mse', 3.25, { step: 2, timestamp: 9 });
    await run.parent?.setTag('run_type', 'train');
    expect(server.lines).toEqual(new Array(3).fill('POST /api/2.0/mlflow/runs/log-batch'));
    expect(server.jsonBodies).toEqual([
      {
        run_id: runId,
        params: [
          { key: 'alpha', value: '0.5' },
          { key: 'data', value: 'x' },
        ],
      },
      { run_id: runId, metrics: [{ key: 'mse', value: 3.25, timestamp: 9, step: 2 }] },
      { run_id: rootId, tags: [{ key: 'run_type', value: 'train' }] },
    ]);
  });

  it('logs numbers that JSON cannot say, and the present time', async () => {
    const before = Date.now();
    const logged = { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: Number.NEGATIVE_INFINITY };
    await currentRun(step()).logMetrics(logged);
    const [body] = server.jsonBodies as { metrics: { value: unknown; timestamp: number }[] }[];
    expect(body?.metrics.map(({ value }) => value)).toEqual(['NaN', 'Infinity', '-Infinity']);
    expect(body?.metrics[0]?.timestamp).toBeGreaterThanOrEqual(before);
  });

  it('gives the newest value of a metric, and tags', async () => {
    const metric = (value: unknown, at: number) => ({ key: 'mse', value, timestamp: at, step: at });
    const metrics = [metric(1, 1), metric('NaN', 3), metric(2, 2)];
    server.answer(json({ run: { data: { metrics, tags: [{ key: 'BuildId', value: '7' }] } } }));
    const run = currentRun(step());
    expect(await run.getMetric('mse')).toBeNaN();
    expect(await run.getMetric('other')).toBeNull();
    expect((await run.getTags()).get('BuildId')).toBe('7');
  });

  it('keeps files below the folder named', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'run-'));
    try {
      await writeFile(path.join(folder, 'a.txt'), 'a');
      server.answer(json({ run: { info: { artifact_uri: 'mlflow-artifacts:/4/r/artifacts' } } }));
      const run = currentRun(step());
      await run.logArtifact(path.join(folder, 'a.txt'));
      await run.logArtifact(path.join(folder, 'a.txt'), 'notes');
      await run.logArtifacts(folder, 'outputs');
      const puts = server.lines.filter((line) => line.startsWith('PUT'));
      expect(puts.map((line) => line.split('/r/')[1])).toEqual([
        'artifacts/a.txt',
        'artifacts/notes/a.txt',
        'artifacts/outputs/a.txt',
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('cancels the whole job, from the step and from its parent', async () => {
    const run = currentRun(step());
    await run.cancel('not better');
    await run.parent?.cancel('not better');
    expect(server.lines).toEqual(new Array(2).fill(`POST /api/v1/jobs/${rootId}/cancel`));
    expect(server.jsonBodies[0]).toEqual({ reason: 'not better' });
  });

  it('outside a job has nothing to cancel', async () => {
    const { RIDGELINE_JOB_ID: _, ...loose } = step();
    const refused = { code: 'NOT_IN_A_JOB', status: 409 };
    await expect(currentRun(loose).cancel('x')).rejects.toMatchObject(refused);
  });

  it('says the verdict on the root run', async () => {
    const run = currentRun(step());
    await run.setVerdict(verdict);
    await run.parent?.setVerdict(verdict);
    const tags = [{ key: 'ridgeline.verdict', value: JSON.stringify(verdict) }];
    expect(server.jsonBodies).toEqual(new Array(2).fill({ run_id: rootId, tags }));
  });

  it('uses its own token, whatever token its surroundings had set', async () => {
    const outer = { RIDGELINE_URL: 'http://127.0.0.1:9', RIDGELINE_TOKEN: 'outer' };
    await currentRun({ ...outer, ...step() }).setTag('a', 'b');
    expect(server.requests[0]?.headers.authorization).toBe(`Bearer ${testToken}`);
  });

  it('without a server to tell is an error that says what to set', () => {
    const named = {
      code: 'CLIENT_NOT_CONFIGURED',
      message: expect.stringMatching(/RIDGELINE_URL/),
    };
    expect(() => currentRun({ MLFLOW_RUN_ID: runId })).toThrow(expect.objectContaining(named));
  });
});

describe('a run without a server', () => {
  const lines: string[] = [];
  const run = new OfflineRun((line) => lines.push(line));
  beforeEach(() => lines.splice(0));

  it('is what a script on its own gets', () => {
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const own = currentRun({});
    expect(own).toMatchObject({ offline: true, id: 'OfflineRun', parent: null });
    vi.restoreAllMocks();
  });

  it('prints what it would log', async () => {
    await run.logParams({ alpha: 0.5 });
    await run.logMetrics({ mse: 2 }, { step: 3 });
    await run.setTags({ run_type: 'train' });
    await run.logArtifact('/a/b.txt', 'notes');
    await run.logArtifacts('/a/model');
    await run.cancel('not better');
    expect(lines).toEqual([
      'Offline run, not kept: parameter alpha = 0.5',
      'Offline run, not kept: metric mse = 2 at step 3',
      'Offline run, not kept: tag run_type = train',
      'Offline run, not kept: artifact notes/b.txt from /a/b.txt',
      'Offline run, not kept: artifacts . from /a/model',
      'Offline run, not kept: cancel the job: not better',
    ]);
  });

  it('remembers metrics and tags while the script runs', async () => {
    await run.logMetric('r2', 0.5);
    expect(await run.getMetric('r2')).toBe(0.5);
    expect(await run.getMetric('none')).toBeNull();
    await run.setVerdict(verdict);
    expect((await run.getTags()).get('ridgeline.verdict')).toBe(JSON.stringify(verdict));
  });
});
