// The systems compared, each a program of its own: it is told the files, the target, the task, the
// budget and the seed, and writes its predictions for the test file as CSV.
// RIDGELINE_BENCH_PEERS names a folder with the virtual environments `flaml`, `h2o` and `autogluon`.

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataSet, Split } from './split.ts';

interface System {
  /** The virtual environment's name; null for ours. */
  readonly environment: string | null;
  readonly script: string;
  readonly extra: readonly string[];
}

const systems: ReadonlyMap<string, System> = new Map([
  ['ridgeline', { environment: null, script: 'run-ridgeline.ts', extra: ['best'] }],
  ['ridgeline-fast', { environment: null, script: 'run-ridgeline.ts', extra: ['fast'] }],
  ['flaml', { environment: 'flaml', script: 'peers/run_flaml.py', extra: [] }],
  ['flaml-ensemble', { environment: 'flaml', script: 'peers/run_flaml.py', extra: ['ensemble'] }],
  ['h2o', { environment: 'h2o', script: 'peers/run_h2o.py', extra: [] }],
  [
    'autogluon-medium',
    { environment: 'autogluon', script: 'peers/run_autogluon.py', extra: ['medium_quality'] },
  ],
  [
    'autogluon-best',
    { environment: 'autogluon', script: 'peers/run_autogluon.py', extra: ['best_quality'] },
  ],
]);

export const systemNames: readonly string[] = [...systems.keys()];

interface Task {
  readonly dataSet: DataSet;
  readonly split: Split;
  /** Seconds. */
  readonly budget: number;
  readonly seed: number;
  readonly scratch: string;
}

/** Rows of the predictions' file by their header. */
export interface Predictions {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly number[])[];
}

export type Outcome =
  | { readonly seconds: number; readonly predictions: Predictions }
  | { readonly seconds: number; readonly error: string };

/** Wall time is of the whole process: start-up, reading, search and prediction. */
export async function runSystem(name: string, task: Task): Promise<Outcome> {
  const system = systems.get(name);
  if (system === undefined) throw new Error(`'${name}' is none of ${systemNames.join(', ')}`);
  const program = programOf(name, system);
  const output = join(task.scratch, 'predictions.csv');
  await rm(output, { force: true });
  const { dataSet, split } = task;
  const script = join(import.meta.dirname, system.script);
  const told = [split.trainFile, split.testFile, dataSet.target, dataSet.task, task.budget];
  const begin = performance.now();
  // A system that does not end is given five times its budget, and a minute for its start.
  const limitMs = (task.budget * 5 + 60) * 1000;
  const args = [script, ...told.map(String), String(task.seed), output, ...system.extra];
  const problem = await runProgram(program, args, task.scratch, limitMs);
  const seconds = (performance.now() - begin) / 1000;
  const text = await readFile(output, 'utf8').catch(() => null);
  if (text === null) return { seconds, error: problem || 'it wrote no predictions' };
  return { seconds, predictions: parse(text) };
}

function programOf(name: string, system: System): string {
  if (system.environment === null) return process.execPath;
  const folder = process.env.RIDGELINE_BENCH_PEERS;
  const program = join(folder ?? '', system.environment, 'bin', 'python');
  if (folder !== undefined && existsSync(program)) return program;
  throw new Error(
    `${name} needs RIDGELINE_BENCH_PEERS=FOLDER with a virtual environment '${system.environment}' in it; or leave it out by --systems`,
  );
}

/** Resolves to the end of what it said on standard error. */
function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  limitMs: number,
): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] });
    const timer = setTimeout(() => child.kill('SIGKILL'), limitMs);
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2000);
    });
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      resolve(code === 0 ? '' : `ended with ${signal ?? code}: ${said.slice(-300)}`);
    });
  });
}

function parse(text: string): Predictions {
  const [header = '', ...lines] = text.trim().split('\n');
  return {
    columns: header.trim().split(','),
    rows: lines.map((line) => line.split(',').map(Number)),
  };
}
