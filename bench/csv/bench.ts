// CSV of numbers into a Table: megabytes a second by the kernel and through DuckDB, on the same file in
// the same run, taking turns. Run: node bench/csv/bench.ts [rows]
// RIDGELINE_BENCH_PEERS names a Python that has pandas and pyarrow; without it ours runs alone.

import { execFileSync } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { readTable } from '@ridgeline/tabular';

const rowCount = Number(process.argv[2] ?? 1_000_000);
const turns = 5;
const decimals = { 'whole numbers': 0, '4 decimals': 4, '17 digits': 16 } as const;

const peerCode = `
import sys, time, pandas
start = time.perf_counter()
pandas.read_csv(sys.argv[1])
print((time.perf_counter() - start) * 1000)
`;

console.log(
  '| 10 columns of | MB | kernel MB/s | DuckDB MB/s | pandas MB/s |\n| --- | --- | --- | --- | --- |',
);
const folder = await mkdtemp(join(tmpdir(), 'ridgeline-bench-csv-'));
try {
  for (const [name, digits] of Object.entries(decimals)) await measure(name, digits);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(name: string, digits: number): Promise<void> {
  const path = join(folder, `${digits}.csv`);
  await pipeline(Readable.from(lines(digits)), createWriteStream(path));
  const megabytes = (await stat(path)).size / 1e6;
  const best = { kernel: Infinity, duckdb: Infinity, pandas: Infinity };
  for (let turn = 0; turn < turns; turn++) {
    delete process.env.RIDGELINE_KERNELS;
    best.kernel = Math.min(best.kernel, await timed(path));
    process.env.RIDGELINE_KERNELS = 'typescript';
    best.duckdb = Math.min(best.duckdb, await timed(path));
    best.pandas = Math.min(best.pandas, peerMs(path));
  }
  const speeds = Object.values(best).map((ms) => {
    return Number.isFinite(ms) ? ((1000 * megabytes) / ms).toFixed(0) : 'not there';
  });
  console.log(`| ${[name, megabytes.toFixed(1), ...speeds].join(' | ')} |`);
}

async function timed(path: string): Promise<number> {
  const start = performance.now();
  const table = await readTable(path);
  if (table.rowCount !== rowCount) throw new Error(`${table.rowCount} rows instead of ${rowCount}`);
  return performance.now() - start;
}

function peerMs(path: string): number {
  const python = process.env.RIDGELINE_BENCH_PEERS;
  if (python === undefined) return Infinity;
  return Number(execFileSync(python, ['-c', peerCode, path], { encoding: 'utf8' }));
}

function* lines(digits: number): Generator<string> {
  yield `${Array.from({ length: 10 }, (_, j) => `c${j}`).join(',')}\n`;
  let state = 1;
  for (let i = 0; i < rowCount; i++) {
    const cells = Array.from({ length: 10 }, () => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      const share = state / 2 ** 32;
      return digits === 0 ? String(state >>> 12) : share.toFixed(digits);
    });
    yield `${cells.join(',')}\n`;
  }
}
