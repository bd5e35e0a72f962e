// Tracking: what a server takes in and finds, beside MLflow's own server on the same machine, with the
// same requests from the same client.
// Run: node bench/tracking/bench.ts [--database postgres] [--runs 100000] [--seconds 5]
// RIDGELINE_BENCH_PEERS names a folder with a virtual environment `mlflow`; without it MLflow is left out.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createExperiment, createRun, type Filled, fill, metric, type Sizes } from './fill.ts';
import { AnswerTimeout, Connection, measureLoad } from './load.ts';
import { startPostgres } from './postgres.ts';
import { type BenchServer, openMlflow, openRidgeline } from './servers.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100000' },
    columns: { type: 'string', default: '12000' },
    points: { type: 'string', default: '1000000' },
    seconds: { type: 'string', default: '5' },
    database: { type: 'string', default: 'sqlite' },
  },
});
const durationMs = Number(values.seconds) * 1000;
const sizes: Sizes = {
  runs: Number(values.runs),
  columns: Number(values.columns),
  points: Number(values.points),
};
const peers = process.env.RIDGELINE_BENCH_PEERS;

// Those who wait longer have gone home.
const limitMs = 180_000;

const measures = new Map<string, Map<string, number | string>>();
const folder = await mkdtemp(path.join(tmpdir(), 'ridgeline-bench-tracking-'));
const postgres = values.database === 'postgres' ? await startPostgres() : null;
try {
  const database = await postgres?.create('ridgeline');
  await measureServer(() => openRidgeline(path.join(folder, 'a'), database ?? null));
  if (peers !== undefined) {
    const theirs = await postgres?.create('mlflow');
    await measureServer(() => openMlflow(folder, theirs ?? null, peers));
  }
} finally {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}
printTable();

async function measureServer(open: () => Promise<BenchServer>): Promise<void> {
  const first = await open();
  note(first, 'first start, with a new database, ms', first.coldStartMs);
  await first.close();
  const server = await open();
  try {
    note(server, 'cold start, ms', server.coldStartMs);
    await measureWrites(server);
    console.error(`${server.name}: filling`);
    const filled = await fill(server, sizes, peers ?? '');
    await postgres?.analyze(server.name);
    await measureReads(server, filled);
  } finally {
    await server.close();
  }
}

async function measureWrites(server: BenchServer): Promise<void> {
  const experiment = await createExperiment(server, 'writes');
  await using connection = await Connection.open(server);
  const run = await createRun((name, body) => connection.call(name, body), experiment, 'writes');
  let step = 0;
  const single = () => JSON.stringify({ run_id: run, ...metric('loss', Math.random(), step++) });
  const batch = () => {
    const metrics = Array.from({ length: 1000 }, (_, i) => metric(`m${i % 10}`, i / 7, step++));
    return JSON.stringify({ run_id: run, metrics });
  };
  for (const connections of [1, 64]) {
    const { callsPerSecond } = await measureLoad({
      ...server,
      ...{ path: 'runs/log-metric', body: single, connections, durationMs },
    });
    note(server, `log-metric, ${connections} at once, calls a second`, callsPerSecond);
  }
  const batches = { path: 'runs/log-batch', body: batch, connections: 4, durationMs };
  const { callsPerSecond } = await measureLoad({ ...server, ...batches });
  note(server, 'log-batch of 1,000, 4 at once, metrics a second', callsPerSecond * 1000);
}

async function measureReads(server: BenchServer, filled: Filled): Promise<void> {
  const { experiment, wideExperiment, longRun } = filled;
  const page = { experiment_ids: [experiment], max_results: 100 };
  const searches: readonly (readonly [string, string, object])[] = [
    ['runs/search', 'the first page', page],
    ['runs/search', 'by a metric', { ...page, filter: 'metrics.m3 > 0.999' }],
    ['runs/search', 'ordered by a metric', { ...page, order_by: ['metrics.m7 DESC'] }],
    ['runs/search', '12,000 metric names', { experiment_ids: [wideExperiment], max_results: 1000 }],
  ];
  for (const [route, name, body] of searches) {
    const load = { path: route, body: () => JSON.stringify(body), connections: 1, durationMs };
    try {
      const { callsPerSecond, p50 } = await measureLoad({ ...server, ...load, limitMs });
      note(server, `runs/search, ${name}, pages a second`, callsPerSecond);
      note(server, `runs/search, ${name}, median ms`, p50);
    } catch (error) {
      if (!(error instanceof AnswerTimeout)) throw error;
      note(server, `runs/search, ${name}, median ms`, `none in ${limitMs / 1000} s`);
    }
  }
  note(server, 'get-history, 25,000 of a million points, ms', await historyMs(server, longRun));
}

async function historyMs({ port, token }: BenchServer, run: string): Promise<number> {
  const query = new URLSearchParams({ run_id: run, metric_key: 'long', max_results: '25000' });
  const address = `http://127.0.0.1:${port}/api/2.0/mlflow/metrics/get-history?${query}`;
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const times: number[] = [];
  for (let turn = 0; turn < 5; turn++) {
    const startedAt = performance.now();
    const answer = await fetch(address, { headers });
    const { metrics } = (await answer.json()) as { readonly metrics: readonly unknown[] };
    if (metrics.length !== Math.min(25_000, sizes.points)) throw new Error('the history is short');
    times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}

function note(server: BenchServer, what: string, value: number | string): void {
  console.error(`${server.name}: ${what}: ${shown(value)}`);
  const row = measures.get(what) ?? new Map<string, number | string>();
  measures.set(what, row.set(server.name, value));
}

function printTable(): void {
  console.log('| what | ridgeline | mlflow | times as good |\n| --- | --- | --- | --- |');
  for (const [what, row] of measures) {
    const [ours, theirs] = [row.get('ridgeline'), row.get('mlflow')];
    const better = what.endsWith('ms') ? ratio(theirs, ours) : ratio(ours, theirs);
    console.log(`| ${what} | ${shown(ours)} | ${shown(theirs)} | ${better} |`);
  }
}

type Cell = number | string | undefined;

function ratio(a: Cell, b: Cell): string {
  return typeof a !== 'number' || typeof b !== 'number' ? '' : (a / b).toPrecision(2);
}

function shown(value: Cell): string {
  if (typeof value !== 'number') return value ?? '';
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
