// The command ridgeline-batch-score: batchScore with a command line, printed progress and exit codes.

import { describeError } from '../errors.ts';
import { type BatchScoreArguments, readArguments, usage } from './arguments.ts';
import { type BatchScoreObserver, type BatchScoreResult, batchScore } from './batch-score.ts';
import { describeRowFailure } from './failure-report.ts';

const progressIntervalMs = 1000;

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  let parsed: BatchScoreArguments | 'help';
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
  return score(parsed);
}

async function score({ json, ...options }: BatchScoreArguments): Promise<number> {
  // With --json, stdout is for the program that reads it.
  const stream = json ? process.stderr : process.stdout;
  const print = (line: string): void => {
    stream.write(`${line}\n`);
  };
  const signal = cancelBySignal();
  print('Initializing batch scoring script...');
  try {
    const result = await batchScore({ ...options, signal, observer: printProgress(print) });
    printResult(result, print);
    if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
    return 0;
  } catch (error) {
    process.stderr.write(`${describeError(error)}\n`);
    return 1;
  }
}

function cancelBySignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => controller.abort());
  return controller.signal;
}

function printProgress(print: (line: string) => void): BatchScoreObserver {
  let printedAt = performance.now();
  return {
    modelLoaded: (modelName) => print(`Loaded model ${modelName}`),
    rowsWritten: (rowCount) => {
      const now = performance.now();
      if (now - printedAt < progressIntervalMs) return;
      printedAt = now;
      print(`Scored ${rowCount} rows...`);
    },
  };
}

function printResult(result: BatchScoreResult, print: (line: string) => void): void {
  const { rowCount, scoredCount, failedCount, failures, outputPath, failureReportPath } = result;
  for (const failure of failures) print(`Not scored: ${describeRowFailure(failure)}`);
  if (failedCount > failures.length) print(`... and ${failedCount - failures.length} more`);
  if (failureReportPath !== null) print(`All rows without a score are in ${failureReportPath}`);
  print(`Scored ${scoredCount} of ${rowCount} rows into ${outputPath}`);
}
