// Scores a CSV file in batches: the same rows in the same order with one more column, in bounded
// memory. The output appears under its name only when all of it is there.

import { basename, extname, resolve } from 'node:path';
import { type LoadedModel, loadModel } from '@ridgeline/learn/model-folder';
import { type CsvRecord, formatCsvRecord, readCsvRecords } from '@ridgeline/tabular';
import { ScoringError } from '../errors.ts';
import { checkOutputPath } from './check-paths.ts';
import { featuresOf, type PlannedColumn, planColumns, scoreColumnsOf } from './column-plan.ts';
import { FailureReport } from './failure-report.ts';
import { PartialFile } from './partial-file.ts';
import { type RowFailure, type RowScores, scoreRecords } from './score-records.ts';

export interface BatchScoreOptions {
  readonly modelFolder: string;
  /** Only named in what is reported; default the folder's own name. */
  readonly modelName?: string;
  /** CSV with a header, UTF-8; tab-separated when it ends in `.tsv`. */
  readonly inputPath: string;
  /** A file; its folder is made, and what stands there is replaced at the end. */
  readonly outputPath: string;
  /** Whether to write a column `probability_<class>` a class beside the label. Default false. */
  readonly probabilities?: boolean;
  /** How many rows may fail, from 0; -1 is any number. Default 10. */
  readonly errorThreshold?: number;
  /** Rows read and scored at a time; default 2048. */
  readonly batchSize?: number;
  readonly signal?: AbortSignal;
  readonly observer?: BatchScoreObserver;
}

export interface BatchScoreObserver {
  modelLoaded?(modelName: string): void;
  /** Called after each batch with the number of rows written so far. */
  rowsWritten?(rowCount: number): void;
}

export interface BatchScoreResult {
  readonly model: string;
  readonly rowCount: number;
  readonly scoredCount: number;
  readonly failedCount: number;
  /** The first 20 rows without a score. */
  readonly failures: readonly RowFailure[];
  readonly outputPath: string;
  /** All rows without a score, as JSON lines; null when every row has one. */
  readonly failureReportPath: string | null;
  readonly elapsedMs: number;
}

const defaultErrorThreshold = 10;

/**
 * Writes each input row, its columns unchanged, and its `score`, a number or a label; empty where there is
 * none. A row with too few fields is filled up and what is beyond the header is cut off, so that
 * the output has one shape. Throws BATCH_* codes, and those of the model folder and the CSV reader.
 */
export async function batchScore(options: BatchScoreOptions): Promise<BatchScoreResult> {
  const startedAt = performance.now();
  const errorThreshold = checkThreshold(options.errorThreshold ?? defaultErrorThreshold);
  const outputPath = resolve(options.outputPath);
  await checkOutputPath(options.inputPath, outputPath);
  const model = await loadModel(options.modelFolder);
  const written = scoreColumnsOf(model, options.probabilities ?? false);
  const modelName = options.modelName ?? basename(resolve(options.modelFolder));
  options.observer?.modelLoaded?.(modelName);
  const report = new FailureReport(outputPath, errorThreshold);
  const output = await PartialFile.create(outputPath);
  try {
    const rowCount = await scoreFile(model, written, options, output, report);
    // The report first: an output without it would look complete.
    const failureReportPath = await report.commit();
    await output.commit();
    const { count: failedCount, first: failures } = report;
    const counts = { rowCount, scoredCount: rowCount - failedCount, failedCount, failures };
    const elapsedMs = performance.now() - startedAt;
    return { model: modelName, ...counts, outputPath, failureReportPath, elapsedMs };
  } catch (error) {
    await output.discard();
    await report.discard();
    throw error;
  }
}

function checkThreshold(errorThreshold: number): number {
  if (Number.isInteger(errorThreshold) && errorThreshold >= -1) return errorThreshold;
  throw new ScoringError(
    'BATCH_ARGUMENT_INVALID',
    `the error threshold is ${errorThreshold}; it must be a whole number from 0, or -1 for no limit`,
  );
}

async function scoreFile(
  model: LoadedModel,
  written: readonly string[],
  options: BatchScoreOptions,
  output: PartialFile,
  report: FailureReport,
): Promise<number> {
  const delimiter = extname(options.inputPath).toLowerCase() === '.tsv' ? '\t' : ',';
  const batches = readCsvRecords(options.inputPath, {
    delimiter,
    batchSize: options.batchSize ?? 2048,
    // The file is streamed, so its size is no concern.
    maxBytes: Number.POSITIVE_INFINITY,
  });
  const batchModel = { tabular: model.tabular, withProbabilities: written.length > 1 };
  let columns: readonly PlannedColumn[] | null = null;
  let rowCount = 0;
  for await (const { header, records } of batches) {
    checkCanceled(options.signal, rowCount);
    if (columns === null) {
      columns = planColumns(featuresOf(model), header, written);
      await output.write(`${formatCsvRecord([...header, ...written], delimiter)}\n`);
    }
    const { scores, failures } = scoreRecords(batchModel, columns, records);
    await report.add(failures);
    await output.write(formatRows(records, scores, [header.length, written.length], delimiter));
    rowCount += records.length;
    options.observer?.rowsWritten?.(rowCount);
  }
  return rowCount;
}

function checkCanceled(signal: AbortSignal | undefined, rowCount: number): void {
  if (!signal?.aborted) return;
  throw new ScoringError(
    'BATCH_CANCELED',
    `canceled after ${rowCount} rows; no output was written`,
  );
}

function formatRows(
  records: readonly CsvRecord[],
  scores: readonly (RowScores | null)[],
  [columnCount, scoreCount]: readonly [number, number],
  delimiter: string,
): string {
  let text = '';
  for (const [index, { fields }] of records.entries()) {
    const row = fields.length === columnCount ? [...fields] : fitted(fields, columnCount);
    const score = scores[index] ?? new Array<null>(scoreCount).fill(null);
    row.push(...score.map((value) => (value === null ? null : String(value))));
    text += `${formatCsvRecord(row, delimiter)}\n`;
  }
  return text;
}

function fitted(fields: readonly (string | null)[], columnCount: number): (string | null)[] {
  return Array.from({ length: columnCount }, (_, index) => fields[index] ?? null);
}
