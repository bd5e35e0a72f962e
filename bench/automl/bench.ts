// AutoML under equal budgets: each system gets the same training file, the same time and the same
// cores, writes its predictions for the test file, and is scored by one code, ours.
// Run: node bench/automl/bench.ts --data FOLDER [--budget 10,60] [--seeds 3] [--systems ridgeline,flaml]
// Results are kept in FOLDER/results.jsonl, so that a run that was cut off goes on where it stopped.

import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Result, scoreOf } from './score.ts';
import { type DataSet, writeSplit } from './split.ts';
import { runSystem, systemNames } from './systems.ts';
import { printTables } from './tables.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    budget: { type: 'string', default: '10' },
    seeds: { type: 'string', default: '3' },
    systems: { type: 'string', default: systemNames.join(',') },
    only: { type: 'string' },
  },
});
if (values.data === undefined) throw new Error('say --data FOLDER, which datasets.py has written');
const folder = values.data;
const resultsFile = join(folder, 'results.jsonl');
const systems = values.systems.split(',');
const only = values.only?.split(',');

const dataSets: DataSet[] = JSON.parse(await readFile(join(folder, 'datasets.json'), 'utf8'));
const results = await earlierResults();
for (const budget of values.budget.split(',').map(Number)) {
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    for (const dataSet of dataSets) {
      if (only === undefined || only.includes(dataSet.name)) await compare(dataSet, budget, seed);
    }
  }
}
printTables(results, dataSets, systems);

async function compare(dataSet: DataSet, budget: number, seed: number): Promise<void> {
  const scratch = join(folder, 'scratch', `${dataSet.name}-${seed}`);
  await mkdir(scratch, { recursive: true });
  const split = await writeSplit(folder, dataSet, seed, scratch);
  for (const system of systems) {
    const key = { system, dataSet: dataSet.name, budget, seed };
    if (results.some((result) => isSame(result, key))) continue;
    const outcome = await runSystem(system, { dataSet, split, budget, seed, scratch });
    const { score, error } =
      'error' in outcome
        ? { score: null, error: outcome.error }
        : scored(() => scoreOf(dataSet, split, outcome.predictions));
    const result: Result = { ...key, score, seconds: outcome.seconds, error };
    results.push(result);
    await appendFile(resultsFile, `${JSON.stringify(result)}\n`);
    console.error(
      `${dataSet.name} seed ${seed} ${budget} s ${system}: ${score?.toPrecision(5) ?? error} in ${outcome.seconds.toFixed(1)} s`,
    );
  }
}

/** Predictions that cannot be scored, such as NaN, are a failure of who made them. */
function scored(score: () => number | null): Pick<Result, 'score' | 'error'> {
  try {
    return { score: score(), error: null };
  } catch (error) {
    return { score: null, error: error instanceof Error ? error.message : String(error) };
  }
}

function isSame(result: Result, key: Pick<Result, 'system' | 'dataSet' | 'budget' | 'seed'>) {
  return (
    result.system === key.system &&
    result.dataSet === key.dataSet &&
    result.budget === key.budget &&
    result.seed === key.seed
  );
}

async function earlierResults(): Promise<Result[]> {
  const text = await readFile(resultsFile, 'utf8').catch(() => '');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}
