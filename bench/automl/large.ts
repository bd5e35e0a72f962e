// A search on a million rows beside one LightGBM model that is trained for as long, on the same numbers
// and both cores. Run: node bench/automl/large.ts [seconds]
// RIDGELINE_BENCH_PEERS names a folder with the virtual environment flaml in it, which has LightGBM.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { search } from '@ridgeline/automl';
import { Matrix } from '@ridgeline/learn';
import { numberColumn, Table } from '@ridgeline/tabular';
import { areaUnderCurve, benchData, columnCount } from '../gbdt/data.ts';

const rows = 1e6;
const testRows = 1e5;
const seconds = Number(process.argv[2] ?? 60);

console.log('| by | seconds | AUC of 100,000 rows not seen | what |');
console.log('| --- | --- | --- | --- |');
const train = tableOf(0, rows);
const test = tableOf(rows, testRows);
const begin = performance.now();
const { model, best } = await search(
  { train: train.table },
  {
    targetColumn: 'y',
    task: 'classification',
    primaryMetric: 'auc_weighted',
    timeBudgetSeconds: seconds,
  },
);
const took = (performance.now() - begin) / 1000;
const { values } = model.predictProbabilities(test.table);
print(
  'Ridgeline',
  took,
  areaUnderCurve(
    test.y,
    values.filter((_, i) => i % 2 === 1),
  ),
  best.description,
);

const peers = process.env.RIDGELINE_BENCH_PEERS;
if (peers !== undefined) {
  const script = join(import.meta.dirname, '../gbdt/peer.py');
  const asked = JSON.stringify({ rows, testRows, seconds, threads: 2, mixed: false });
  const told = execFileSync(join(peers, 'flaml/bin/python'), [script, asked]).toString();
  const { binMs, fitMs, auc, trees } = JSON.parse(told);
  print('LightGBM', (binMs + fitMs) / 1000, auc, `${trees} trees of 31 leaves`);
}

function tableOf(first: number, rowCount: number) {
  const { x, y } = benchData(first, rowCount, false);
  if (!(x instanceof Matrix)) throw new Error('the data have categories');
  const columns = Array.from({ length: columnCount }, (_, j) => {
    return numberColumn(`x${j}`, 'double', x.column(j));
  });
  return { table: Table.fromColumns([...columns, numberColumn('y', 'long', y)]), y };
}

function print(by: string, took: number, auc: number, what: string): void {
  console.log(`| ${[by, took.toFixed(1), auc.toFixed(5), what].join(' | ')} |`);
}
