// What a server holds before its searches are measured: many runs of 20 metrics, an experiment of many
// metric names, and a metric of many points. Ours is filled through its API, MLflow through its database,
// as its API would take hours.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Connection, type Target } from './load.ts';
import type { BenchServer } from './servers.ts';

export interface Sizes {
  /** Runs of 20 metrics each, in one experiment. */
  readonly runs: number;
  /** Names of metrics in another experiment of 100 runs. */
  readonly columns: number;
  /** Points of one metric. */
  readonly points: number;
}

export interface Filled {
  readonly experiment: string;
  readonly wideExperiment: string;
  /** The run of the metric `long`. */
  readonly longRun: string;
}

export const wideRuns = 100;

export async function fill(server: BenchServer, sizes: Sizes, peers: string): Promise<Filled> {
  if (server.databaseUri === null) return fillOverApi(server, sizes);
  const words = [sizes.runs, sizes.columns, sizes.points].map(String);
  const program = path.join(import.meta.dirname, 'peers/fill_mlflow.py');
  const python = path.join(peers, 'mlflow/bin/python');
  return JSON.parse(
    execFileSync(python, [program, server.databaseUri, ...words], { encoding: 'utf8' }),
  );
}

async function fillOverApi(target: Target, sizes: Sizes): Promise<Filled> {
  const experiment = await createExperiment(target, 'many');
  await inParallel(target, sizes.runs, async (call, i) => {
    const run = await createRun(call, experiment, `run ${i}`);
    await logBatch(call, run, twentyMetrics(i));
  });
  const wideExperiment = await createExperiment(target, 'wide');
  const each = Math.ceil(sizes.columns / wideRuns);
  await inParallel(target, wideRuns, async (call, i) => {
    const run = await createRun(call, wideExperiment, `wide ${i}`);
    await logBatch(
      call,
      run,
      Array.from({ length: each }, (_, k) => metric(`c${i * each + k}`, k)),
    );
  });
  await using connection = await Connection.open(target);
  const call: Call = (name, body) => connection.call(name, body);
  const longRun = await createRun(call, experiment, 'long');
  for (let from = 0; from < sizes.points; from += 1000) {
    const points = Array.from({ length: Math.min(1000, sizes.points - from) }, (_, k) => from + k);
    await logBatch(
      call,
      longRun,
      points.map((step) => metric('long', Math.sin(step), step)),
    );
  }
  return { experiment, wideExperiment, longRun };
}

type Call = (path: string, body: string) => Promise<string>;

async function inParallel(
  target: Target,
  count: number,
  work: (call: Call, i: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const loop = async () => {
    await using connection = await Connection.open(target);
    while (next < count) await work((name, body) => connection.call(name, body), next++);
  };
  await Promise.all(Array.from({ length: 32 }, loop));
}

export async function createExperiment(target: Target, name: string): Promise<string> {
  await using connection = await Connection.open(target);
  const answer = await connection.call('experiments/create', JSON.stringify({ name }));
  return JSON.parse(answer).experiment_id;
}

export async function createRun(call: Call, experiment: string, name: string): Promise<string> {
  const body = { experiment_id: experiment, run_name: name, start_time: 1_700_000_000_000 };
  return JSON.parse(await call('runs/create', JSON.stringify(body))).run.info.run_id;
}

async function logBatch(call: Call, run: string, metrics: readonly object[]): Promise<void> {
  await call('runs/log-batch', JSON.stringify({ run_id: run, metrics }));
}

/** Known numbers, spread over 0 to 1, so that both servers search the same. */
function twentyMetrics(i: number): readonly object[] {
  return Array.from({ length: 20 }, (_, k) =>
    metric(`m${k}`, ((i * 7919 + k * 104_729) % 10_007) / 10_007),
  );
}

export function metric(key: string, value: number, step = 0): object {
  return { key, value, timestamp: 1_700_000_000_000, step };
}
