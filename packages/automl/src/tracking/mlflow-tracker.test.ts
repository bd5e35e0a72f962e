// The calls that a search makes of an MLflow server: a small one in this process, that can be made to
// fail. The real one is in the tests of the whole.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { SearchResult } from '../search/search-types.ts';
import type { Trial } from '../search/trial.ts';
import { MlflowTracker } from './mlflow-tracker.ts';
import { RunApi } from './run-api.ts';
import { trackerFromEnvironment } from './tracker-from-environment.ts';
import { TrackingHttp } from './tracking-http.ts';

type Answer = readonly [status: number, body: unknown] | 'hang up';
interface Call {
  readonly what: string;
  readonly body: { readonly [key: string]: unknown };
}

const token = 'a-secret-token';
let server: Server;
let url: string;
let calls: Call[];
/** Answers out of turn, by the call's name. */
let planned: Map<string, Answer[]>;
let tokens: Set<string | undefined>;

beforeEach(async () => {
  [calls, planned, tokens] = [[], new Map(), new Set()];
  let runs = 0;
  server = createServer(async (request, response) => {
    const what = `${request.method} ${request.url?.replace(/^\/api\/2\.0\/mlflow(-artifacts)?\//, '').split('?')[0]}`;
    const body = await text(request);
    tokens.add(request.headers.authorization);
    const out = planned.get(what)?.shift();
    if (out === 'hang up') return response.destroy();
    calls.push({ what, body: body.startsWith('{') ? JSON.parse(body) : { text: body } });
    if (what === 'POST runs/create') runs += 1;
    const run = {
      info: { run_id: `run-${runs}`, artifact_uri: 'mlflow-artifacts:/1/run/artifacts' },
    };
    const [status, answer] = out ?? [200, what.includes('search') ? { runs: [] } : { run }];
    response.writeHead(status).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function tracker(retryForMs = 5_000) {
  const failures: unknown[] = [];
  const made = new MlflowTracker({
    runs: new RunApi(new TrackingHttp({ url, token, retryForMs })),
    ...{ experimentId: '1', runId: 'step', jobRunId: 'job', primaryMetric: 'r2_score' },
    isBetter: (score, best) => score > best,
    onFailure: (error) => failures.push(error),
    now: () => 1000,
  });
  return { made, failures };
}

function trial(number: number, more: Partial<Trial> = {}): Trial {
  return {
    number,
    ...{ learner: 'ridge', description: 'ridge', parameters: { alpha: 0.5, solver: 'auto' } },
    ...{ state: 'completed', score: 0.5, trainSeconds: 0.1, sampleRows: 10, error: null },
    metrics: new Map([
      ['r2_score', 0.5],
      ['bad', Number.NaN],
    ]),
    foldMetrics: new Map([['r2_score', [0.4, 0.6]]]),
    curve: [{ iteration: 0, value: 2 }],
    predictMicrosecondsPerRow: 3,
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: '2026-01-01T00:00:01.000Z',
    ...more,
  };
}

const made = (what: string) => calls.filter((call) => call.what === what).map(({ body }) => body);

describe('a trial', () => {
  test('is a run below the step’s own, with its parameters, folds, curve and times', async () => {
    const { made: telling } = tracker();
    telling.trialStarted(trial(1, { state: 'running' }));
    telling.trialEnded(trial(1));
    expect(await telling.trialRunId(trial(1))).toBe('run-1');
    expect(made('POST runs/create')).toEqual([
      {
        experiment_id: '1',
        run_name: 'trial_001_ridge',
        start_time: Date.UTC(2026, 0, 1),
        tags: expect.arrayContaining([{ key: 'mlflow.parentRunId', value: 'step' }]),
      },
    ]);
    const logged = made('POST runs/log-batch');
    expect(logged.flatMap(({ params = [] }) => params)).toContainEqual({
      key: 'alpha',
      value: '0.5',
    });
    const metrics = logged
      .filter(({ run_id }) => run_id === 'run-1')
      .flatMap(({ metrics = [] }) => metrics);
    expect(metrics).toEqual([
      { key: 'fold_r2_score', value: 0.4, step: 0, timestamp: 1000 },
      { key: 'fold_r2_score', value: 0.6, step: 1, timestamp: 1000 },
      { key: 'validation_loss', value: 2, step: 0, timestamp: 1000 },
      { key: 'r2_score', value: 0.5, step: 0, timestamp: 1000 },
      { key: 'bad', value: 'NaN', step: 0, timestamp: 1000 },
      { key: 'train_seconds', value: 0.1, step: 0, timestamp: 1000 },
      { key: 'predict_microseconds_per_row', value: 3, step: 0, timestamp: 1000 },
    ]);
    expect(made('POST runs/update')).toEqual([
      { run_id: 'run-1', status: 'FINISHED', end_time: Date.UTC(2026, 0, 1, 0, 0, 1) },
    ]);
    expect([...tokens]).toEqual([`Bearer ${token}`]);
  });

  test.each([
    ['failed', 'FAILED'],
    ['stopped', 'KILLED'],
  ] as const)('that has %s is a run that is %s, and never the best', async (state, status) => {
    const { made: telling } = tracker();
    telling.trialEnded(trial(1, { state, error: 'out of memory' }));
    await telling.trialRunId(trial(1));
    expect(made('POST runs/update')).toMatchObject([{ status }]);
    const logged = made('POST runs/log-batch');
    expect(logged.flatMap(({ tags = [] }) => tags)).toContainEqual({
      key: 'ridgeline.automl.error',
      value: 'out of memory',
    });
    expect(logged.filter(({ run_id }) => run_id === 'step')).toEqual([]);
  });

  test('that is better than those before it is told on the step’s run', async () => {
    const { made: telling } = tracker();
    for (const [at, score] of [0.5, 0.4, 0.6].entries())
      telling.trialEnded(trial(at + 1, { score }));
    await telling.trialRunId(trial(3));
    const best = made('POST runs/log-batch').filter(({ run_id }) => run_id === 'step');
    expect(best.flatMap(({ metrics = [] }) => metrics)).toMatchObject([
      { key: 'r2_score', value: 0.5, step: 1 },
      { key: 'r2_score', value: 0.6, step: 3 },
    ]);
  });

  test('that has not ended when the search is given up is a run that was killed', async () => {
    const { made: telling } = tracker();
    telling.trialStarted(trial(1));
    telling.trialStarted(trial(2));
    telling.trialEnded(trial(1));
    await telling.abandon();
    expect(made('POST runs/update')).toMatchObject([
      { run_id: 'run-1', status: 'FINISHED' },
      { run_id: 'run-2', status: 'KILLED' },
    ]);
  });
});

describe('the end of a search', () => {
  const result = (best: Trial) =>
    ({
      ...{ best, leaderboard: [best], stopReason: 'max_trials' },
      testMetrics: new Map([['r2_score', 0.4]]),
      settings: {
        task: 'regression',
        targetColumn: 'y',
        primaryMetric: 'r2_score',
        seed: 7,
        maxTrials: null,
        featurization: { mode: 'auto' },
      },
    }) as unknown as SearchResult;

  test('is told on the step’s run, and its numbers on the job’s, with the files', async () => {
    const { made: telling } = tracker();
    telling.trialEnded(trial(1));
    await telling.finish(result(trial(1)), new Map([['report/card.md', '# card']]));
    const of = (id: string) => made('POST runs/log-batch').filter(({ run_id }) => run_id === id);
    const tags = of('step').flatMap(({ tags = [] }) => tags);
    expect(tags).toContainEqual({ key: 'automl_best_child_run_id', value: 'run-1' });
    expect(of('step').flatMap(({ params = [] }) => params)).toContainEqual({
      key: 'seed',
      value: '7',
    });
    const metrics = [
      { key: 'r2_score', value: 0.5, step: 2, timestamp: 1000 },
      { key: 'bad', value: 'NaN', step: 2, timestamp: 1000 },
      { key: 'test_r2_score', value: 0.4, step: 2, timestamp: 1000 },
    ];
    expect(of('step').at(-1)).toMatchObject({ metrics });
    expect(of('job')).toEqual([{ run_id: 'job', metrics }]);
    expect(made('PUT artifacts/1/run/artifacts/report/card.md')).toEqual([{ text: '# card' }]);
  });

  test('has a folder kept below the run’s artifacts', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'tracker-'));
    await mkdir(path.join(folder, 'in side'));
    await writeFile(path.join(folder, 'in side', 'a.txt'), 'a');
    await tracker().made.keepFolder(folder, 'outputs/best_model');
    expect(made('PUT artifacts/1/run/artifacts/outputs/best_model/in%20side/a.txt')).toEqual([
      { text: 'a' },
    ]);
    await rm(folder, { recursive: true });
  });
});

describe('a server that is away for a while', () => {
  test.each([
    ['hangs up', 'hang up'],
    ['answers 503', [503, {}]],
  ] as const)('and %s is asked again', async (_, answer) => {
    planned.set('POST runs/log-batch', [answer, answer]);
    const { made: telling, failures } = tracker();
    telling.trialEnded(trial(1));
    expect(await telling.trialRunId(trial(1))).toBe('run-1');
    expect(failures).toEqual([]);
  });

  test('while it begins a run is asked whether it has begun it', async () => {
    planned.set('POST runs/create', ['hang up']);
    const { made: telling } = tracker();
    telling.trialStarted(trial(1));
    expect(await telling.trialRunId(trial(1))).toBe('run-1');
    expect(made('POST runs/search')).toMatchObject([
      { filter: expect.stringContaining("'trial_001_ridge'") },
    ]);
    expect(made('POST runs/create')).toHaveLength(1);
  });

  test('and stays away ends it with the first error, told once, without the token', async () => {
    planned.set(
      'POST runs/create',
      Array.from({ length: 99 }, () => 'hang up' as const),
    );
    planned.set(
      'POST runs/search',
      Array.from({ length: 99 }, () => 'hang up' as const),
    );
    const { made: telling, failures } = tracker(0);
    telling.trialStarted(trial(1));
    telling.trialEnded(trial(1));
    await expect(telling.trialRunId(trial(1))).rejects.toMatchObject({
      code: 'TRACKING_UNREACHABLE',
    });
    expect(failures).toHaveLength(1);
    expect(calls).toEqual([]);
  });
});

test('a refusal is told with the server’s reason, and never with the token', async () => {
  planned.set('POST runs/create', [[403, { error_code: 'X', message: `no right for ${token}` }]]);
  const { made: telling } = tracker();
  telling.trialStarted(trial(1));
  await expect(telling.trialRunId(trial(1))).rejects.toMatchObject({
    code: 'TRACKING_REFUSED',
    message: 'POST /api/2.0/mlflow/runs/create was answered 403: no right for ***',
  });
});

test('an answer without a run is told', async () => {
  planned.set('POST runs/create', [[200, { other: 1 }]]);
  const { made: telling } = tracker();
  telling.trialStarted(trial(1));
  await expect(telling.trialRunId(trial(1))).rejects.toThrow('is it an MLflow server?');
});

describe('the environment of a step', () => {
  const search = {
    ...{ primaryMetric: 'r2_score', isBetter: () => true, onFailure: () => {}, now: () => 0 },
  };

  test('says which run it is; outside a job there is none', () => {
    const environment = {
      ...{ MLFLOW_RUN_ID: 'step', MLFLOW_TRACKING_URI: url, MLFLOW_TRACKING_TOKEN: token },
    };
    expect(trackerFromEnvironment(search, environment).runId).toBe('step');
    expect(trackerFromEnvironment(search, {}).runId).toBeNull();
  });

  test('with a run and no server is refused', () => {
    expect(() => trackerFromEnvironment(search, { MLFLOW_RUN_ID: 'step' })).toThrow(
      expect.objectContaining({ code: 'TRACKING_REFUSED' }),
    );
  });
});
