// `ridgeline batch-score`: a CSV in, the same rows with a score out.
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Job, RidgelineClient } from '@ridgeline/client';
import { Command } from 'commander';
import { type CommonOptions, withConnection } from '../connection/common-options.ts';
import { connect } from '../connection/connect.ts';
import { CliError } from '../errors.ts';
import { describeStepLine } from '../output/describe-job.ts';
import { printEither, printNote } from '../output/print.ts';
import { formatFields } from '../output/table.ts';
import {
  type BatchScoreResult,
  batchScoreDefinition,
  chooseModel,
  readBatchResult,
  scoresFile,
  scoresOutput,
} from '../submit/batch-score.ts';
import { submitJob } from '../submit/submit-job.ts';
import { watchJob } from '../submit/watch-job.ts';
import { collectPair, parseInteger } from './option-values.ts';

interface BatchScoreOptions extends CommonOptions {
  readonly model: string;
  readonly modelTag: Readonly<Record<string, string>>;
  readonly input: string;
  readonly output: string;
  readonly errorThreshold: number;
  readonly probabilities?: boolean;
}

export function batchScoreCommand(): Command {
  return withConnection(new Command('batch-score'))
    .description('score the rows of a CSV file')
    .requiredOption('--model <name[:version]>', 'the model; without a version the latest')
    .option('--model-tag <name=value>', 'take the latest version with this tag', collectPair, {})
    .requiredOption('--input <file>', 'the CSV file')
    .requiredOption('--output <file>', 'where the rows go, with a column score')
    .option('--probabilities', 'also write the probability of each class')
    .option(
      '--error-threshold <rows>',
      'fail past so many unscored rows; -1: never',
      parseInteger,
      10,
    )
    .addHelpText(
      'after',
      '\nExample:\n  ridgeline batch-score --model price_model --input new.csv --output scored.csv',
    )
    .action(async (options: BatchScoreOptions) => {
      const client = await connect(options);
      await assertAbsent(options.output);
      const model = await chooseModel(client, options.model, options.modelTag);
      const definition = batchScoreDefinition({
        modelName: model.name,
        modelVersion: model.version,
        input: path.resolve(options.input),
        errorThreshold: options.errorThreshold,
        probabilities: options.probabilities ?? false,
      });
      const file = path.resolve('batch-score.yml');
      const submitted = await submitJob(client, definition, file);
      const job = await watchJob(client, submitted.id, (step) => printNote(describeStepLine(step)));
      const result = await finish(client, job, options.output);
      // Where the file was on the server is of no use here.
      const outputPath = path.resolve(options.output);
      const label = `${model.name}:${model.version}`;
      const answer = { ...result, model: label, outputPath, job: job.id };
      printEither(options.json, answer, () => describeResult(result, options.output));
    });
}

async function assertAbsent(output: string): Promise<void> {
  const found = await stat(output).catch(() => null);
  if (found === null) return;
  throw new CliError('OUTPUT_EXISTS', `${output} exists; remove it, or name another --output`);
}

async function finish(
  client: RidgelineClient,
  job: Job,
  output: string,
): Promise<BatchScoreResult> {
  const [step] = job.steps;
  if (job.status !== 'Completed' || step?.runId == null) {
    const reason = job.error?.message ?? job.cancelReason ?? 'no reason was given';
    throw new CliError('JOB_NOT_COMPLETED', `batch scoring ${job.status}: ${reason}`);
  }
  const result = await readBatchResult(client, job, step.name);
  await client.artifacts.download(step.runId, `outputs/${scoresOutput}/${scoresFile}`, output);
  if (result === null) throw new Error(`job ${job.id} reported no result`);
  return result;
}

function describeResult(result: BatchScoreResult, output: string): string {
  const failures = result.failures.map(
    ({ rowNumber, reason }) => [`row ${rowNumber}`, `not scored: ${reason}`] as const,
  );
  const more = result.failedCount - result.failures.length;
  return formatFields([
    ['scored', `${result.scoredCount} of ${result.rowCount} rows`],
    ['output', output],
    ...failures,
    ...(more > 0 ? [['more', `${more} other rows were not scored`] as const] : []),
  ]);
}
