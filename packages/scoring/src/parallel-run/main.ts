// The command ridgeline-parallel-run: the mini-batches of a step, with printed progress and exit codes.
import { readdir, stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { describeError, ScoringError } from '../errors.ts';
import { type ParallelArguments, readArguments, usage } from './arguments.ts';
import { cutFiles } from './cut-files.ts';
import { cutRows } from './cut-rows.ts';
import { definitionVariable, type ParallelDefinition, readDefinition } from './definition.ts';
import type { MiniBatch } from './mini-batch.ts';
import { type ParallelSummary, runMiniBatches } from './run-mini-batches.ts';
import { workerProgram } from './worker-program.ts';

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  let parsed: ParallelArguments | 'help';
  try {
    parsed = readArguments(words);
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n\n${usage}`);
    return 2;
  }
  if (parsed === 'help') {
    process.stdout.write(usage);
    return 0;
  }
  try {
    report(await run(parsed, readDefinition(process.env[definitionVariable])));
    return 0;
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    return 1;
  }
}

async function run(
  { inputs, outputs, programArguments }: ParallelArguments,
  definition: ParallelDefinition,
): Promise<ParallelSummary> {
  const { entryScript, inputData, appendRowTo } = definition;
  const program = await workerProgram(entryScript, programArguments);
  const workers = Math.min(definition.workers, availableParallelism());
  print(`Running ${entryScript} with ${workers} worker${workers === 1 ? '' : 's'}`);
  return runMiniBatches({
    definition,
    program,
    workers,
    batches: await cut(pathOf('input', inputs, inputData), definition),
    outputPath: appendRowTo === null ? null : pathOf('output', outputs, appendRowTo),
    print,
  });
}

async function cut(
  path: string,
  { miniBatchSize }: ParallelDefinition,
): Promise<AsyncIterable<MiniBatch>> {
  const stats = await stat(path).catch(() => null);
  if (stats === null) throw invalid(`the input '${path}' is not there`);
  if (!stats.isDirectory()) return cutRows(path, miniBatchSize);
  const table = await tableOf(path);
  return table === null ? cutFiles(path, miniBatchSize) : cutRows(table, miniBatchSize);
}

/** The one table of a folder that is an MLTable; null for any other folder. */
async function tableOf(folder: string): Promise<string | null> {
  const names = (await readdir(folder)).filter((name) => !name.startsWith('.'));
  if (!names.includes('MLTable')) return null;
  const [table, ...others] = names.filter((name) => name !== 'MLTable');
  if (table !== undefined && others.length === 0) return join(folder, table);
  throw invalid(
    `the MLTable '${folder}' has ${names.length - 1} files beside its description; it must have one table, or name the file itself as a uri_file`,
  );
}

function pathOf(noun: string, paths: ReadonlyMap<string, string>, name: string): string {
  const path = paths.get(name);
  if (path !== undefined) return path;
  throw invalid(`the step has no ${noun} '${name}'; it has ${[...paths.keys()].join(', ')}`);
}

function report(summary: ParallelSummary): void {
  const { batchCount, failedBatchCount, itemCount, missingItemCount } = summary;
  if (failedBatchCount > 0) print(`${failedBatchCount} of ${batchCount} mini-batches failed`);
  if (missingItemCount > 0)
    print(`${missingItemCount} of ${itemCount} files or rows have no result`);
  const to = summary.outputPath === null ? '' : ` into ${summary.outputPath}`;
  print(`Wrote ${summary.rowCount} rows of ${batchCount} mini-batches${to}`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function invalid(message: string): ScoringError {
  return new ScoringError('BATCH_ARGUMENT_INVALID', message);
}
