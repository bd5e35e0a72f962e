// Prediction by trees: nanoseconds a row, one row a call and in batches, on one thread, beside
// onnxruntime with the same trees and LightGBM with trees of its own of the same size.
// Run: node bench/predict/bench.ts
// RIDGELINE_BENCH_PEERS names a Python that has lightgbm; without it LightGBM is left out.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  compileEnsemble,
  GradientBoostingRegressor,
  Matrix,
  predictRaw,
  RandomForestRegressor,
  type TreeEnsemble,
} from '@ridgeline/learn';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { plainOnnx } from './plain-onnx.ts';

const columns = 28;
const rowCount = 20_000;
const turns = 15;

interface Times {
  readonly single: number;
  readonly batch: number;
}

const { x, y } = numbers();
const features = new Matrix(rowCount, columns, Float64Array.from(x));
const boosted = (trees: number, leaves: number) => {
  const parameters = { maxIterations: trees, maxLeafNodes: leaves, earlyStopping: false };
  return new GradientBoostingRegressor(parameters).fit(features, y).ensemble;
};
const cases = [
  { name: 'boosting, 100 × 31 leaves', trees: 100, leaves: 31, ensemble: boosted(100, 31) },
  { name: 'boosting, 100 × 63 leaves', trees: 100, leaves: 63, ensemble: boosted(100, 63) },
  { name: 'boosting, 500 × 31 leaves', trees: 500, leaves: 31, ensemble: boosted(500, 31) },
  { name: 'forest, 100 deep trees', trees: 100, leaves: 0, ensemble: deepForest() },
];

console.log('| trees | by | one row, µs | batch, ns a row | batch, rows a second |');
console.log('| --- | --- | --- | --- | --- |');
for (const { name, trees, leaves, ensemble } of cases) {
  const onnx = await InferenceSession.create(plainOnnx(ensemble), {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
  });
  await checkSame(onnx, ensemble);
  print(name, 'ridgeline', ours(ensemble));
  print(name, 'onnxruntime', await ofOnnx(onnx));
  const python = process.env.RIDGELINE_BENCH_PEERS;
  if (python && leaves > 0) print(name, 'LightGBM', ofLightGbm(python, trees, leaves));
}

function ours(ensemble: TreeEnsemble): Times {
  const predictor = compileEnsemble(ensemble);
  const scores = new Float64Array(rowCount);
  const rows = Array.from({ length: 512 }, (_, i) => x.subarray(i * columns, (i + 1) * columns));
  const out = new Float64Array(1);
  const single = best(() => {
    for (let i = 0; i < 8192; i++) predictor.predictRow(rows[i % rows.length], out);
  });
  const batch = best(() => predictor.predictBatch(features, scores));
  return { single: single / 8192, batch: batch / rowCount };
}

async function ofOnnx(session: InferenceSession): Promise<Times> {
  const row = new Tensor('float32', x.slice(0, columns), [1, columns]);
  const all = new Tensor('float32', x, [rowCount, columns]);
  let single = Number.POSITIVE_INFINITY;
  let batch = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < turns; turn++) {
    let begin = cpuMs();
    for (let i = 0; i < 1000; i++) await session.run({ x: row });
    single = Math.min(single, (cpuMs() - begin) * 1e6);
    begin = cpuMs();
    await session.run({ x: all });
    batch = Math.min(batch, (cpuMs() - begin) * 1e6);
  }
  return { single: single / 1000, batch: batch / rowCount };
}

function ofLightGbm(python: string, trees: number, leaves: number): Times {
  const folder = mkdtempSync(join(tmpdir(), 'ridgeline-bench-'));
  try {
    const files = { features: join(folder, 'x'), target: join(folder, 'y') };
    writeFileSync(files.features, x);
    writeFileSync(files.target, y);
    const peerCase = JSON.stringify({ ...files, columns, trees, leaves });
    const script = join(import.meta.dirname, 'peer.py');
    return JSON.parse(execFileSync(python, [script, peerCase], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function checkSame(session: InferenceSession, ensemble: TreeEnsemble): Promise<void> {
  const { score } = await session.run({ x: new Tensor('float32', x, [rowCount, columns]) });
  const own = predictRaw(ensemble, features);
  const size = Math.max(...own.map(Math.abs));
  const gap = own.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - Number(score.data[i]))),
    0,
  );
  if (gap > 1e-4 * size) throw new Error(`onnxruntime's scores differ by ${gap} of ${size}`);
}

/** Processor time of all threads: what other programs take of the machine does not count. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Nanoseconds of the fastest of some runs. */
function best(work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < turns; turn++) {
    const begin = cpuMs();
    work();
    least = Math.min(least, cpuMs() - begin);
  }
  return least * 1e6;
}

function print(name: string, by: string, { single, batch }: Times): void {
  const perSecond = Math.round(1e9 / batch).toLocaleString('en-US');
  console.log(
    `| ${name} | ${by} | ${(single / 1000).toFixed(2)} | ${batch.toFixed(0)} | ${perSecond} |`,
  );
}

function deepForest(): TreeEnsemble {
  const few = features.takeRows(Array.from({ length: 5000 }, (_, i) => i));
  const parameters = { nEstimators: 100, maxFeaturesShare: 0.3 };
  return new RandomForestRegressor(parameters).fit(few, y.subarray(0, 5000)).ensemble;
}

function numbers() {
  let state = 1;
  const uniform = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const x = new Float32Array(rowCount * columns).map(() => uniform() * 4 - 2);
  const y = new Float64Array(rowCount).map((_, i) => {
    const [a, b, c, d, e, f] = x.subarray(i * columns, i * columns + 6);
    return a * b + Math.sin(3 * c) + (d > 0.5 ? e : f * f) + uniform();
  });
  return { x, y };
}
