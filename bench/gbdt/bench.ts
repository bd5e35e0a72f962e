// Gradient boosting: milliseconds a tree and AUC on rows not seen, beside LightGBM on the same numbers
// in the same run, taking turns. Run: node bench/gbdt/bench.ts [case …]
// RIDGELINE_BENCH_PEERS names a Python that has lightgbm; without it ours runs alone.

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import {
  binFeatures,
  FittedTreeClassifier,
  fitBoosting,
  GradientBoostingClassifier,
  logisticLoss,
} from '@ridgeline/learn';
import { createThreadTeam } from '@ridgeline/learn/worker';
import { areaUnderCurve, benchData } from './data.ts';

interface BenchCase {
  readonly name: string;
  readonly rows: number;
  readonly testRows: number;
  readonly trees: number;
  readonly threads: number;
  /** With missing values, categories, and rows and columns sampled. */
  readonly mixed: boolean;
}

interface Result {
  readonly binMs: number;
  readonly fitMs: number;
  readonly auc: number;
}

const turns = 3;
const cases: readonly BenchCase[] = [
  { name: 'large', rows: 1e6, testRows: 1e5, trees: 20, threads: 2, mixed: false },
  { name: 'large-1', rows: 1e6, testRows: 1e5, trees: 20, threads: 1, mixed: false },
  { name: 'large-mixed', rows: 1e6, testRows: 1e5, trees: 20, threads: 2, mixed: true },
  { name: 'small', rows: 1e4, testRows: 1e5, trees: 100, threads: 1, mixed: false },
  { name: 'small-mixed', rows: 1e4, testRows: 1e5, trees: 100, threads: 1, mixed: true },
  { name: 'tiny', rows: 1e3, testRows: 1e5, trees: 100, threads: 1, mixed: false },
];

const chosen = process.argv.slice(2);
const peer = process.env.RIDGELINE_BENCH_PEERS;
console.log('| case | rows | trees | threads | by | binning ms | ms a tree | AUC | of LightGBM |');
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
for (const each of cases) {
  if (chosen.length === 0 || chosen.includes(each.name)) await compare(each);
}

async function compare(benchCase: BenchCase): Promise<void> {
  const training = benchData(0, benchCase.rows, benchCase.mixed);
  const test = benchData(benchCase.rows, benchCase.testRows, benchCase.mixed);
  const team = await createThreadTeam(benchCase.threads);
  const ours: Result[] = [];
  const theirs: Result[] = [];
  for (let turn = 0; turn < turns; turn++) {
    ours.push(runOurs());
    if (peer) theirs.push(runPeer(peer, benchCase));
  }
  await team.close();
  const best = bestOf(ours);
  const bestPeer = theirs.length > 0 ? bestOf(theirs) : null;
  const ratio = bestPeer === null ? '' : (best.fitMs / bestPeer.fitMs).toFixed(2);
  print(benchCase, 'Ridgeline', best, ratio);
  if (bestPeer !== null) print(benchCase, 'LightGBM', bestPeer, '1');

  function runOurs(): Result {
    const { parameters } = new GradientBoostingClassifier({
      maxIterations: benchCase.trees,
      l2Regularization: 1,
      ...(benchCase.mixed ? { baggingFraction: 0.8, featureFraction: 0.7 } : {}),
    });
    const begin = performance.now();
    const binned = binFeatures(training.x);
    const bound = performance.now();
    const rows = { binned, rows: null, target: training.y, weights: null };
    const fit = fitBoosting(rows, parameters, { loss: logisticLoss, team });
    const end = performance.now();
    const fields = { estimator: 'GradientBoostingClassifier', parameters, classes: [0, 1] };
    const model = new FittedTreeClassifier({ ...fields, link: 'logistic', ...fit });
    const scores = model.predictRaw(test.x);
    return { binMs: bound - begin, fitMs: end - bound, auc: areaUnderCurve(test.y, scores) };
  }
}

function runPeer(python: string, benchCase: BenchCase): Result {
  const script = join(import.meta.dirname, 'peer.py');
  const stdio = ['ignore', 'pipe', 'ignore'] as const;
  const output = execFileSync(python, [script, JSON.stringify(benchCase)], { stdio: [...stdio] });
  return JSON.parse(output.toString());
}

/** The least of each time: what else runs on the machine only adds. */
function bestOf(results: readonly Result[]): Result {
  return {
    binMs: Math.min(...results.map(({ binMs }) => binMs)),
    fitMs: Math.min(...results.map(({ fitMs }) => fitMs)),
    auc: results[0].auc,
  };
}

function print(
  { name, rows, trees, threads }: BenchCase,
  by: string,
  result: Result,
  ratio: string,
): void {
  const { binMs, fitMs, auc } = result;
  const numbers = [binMs.toFixed(0), (fitMs / trees).toFixed(2), auc.toFixed(5), ratio];
  console.log(
    `| ${[name, rows.toLocaleString('en'), trees, threads, by, ...numbers].join(' | ')} |`,
  );
}
