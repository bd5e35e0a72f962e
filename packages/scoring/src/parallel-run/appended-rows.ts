// The output to which the results are appended: in the order of the data, each once, under one
// header. It appears when all is there.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatCsvRecord } from '@ridgeline/tabular';
import { PartialFile } from '../batch-score/partial-file.ts';
import { ScoringError } from '../errors.ts';
import type { BatchResult, MiniBatch } from './mini-batch.ts';

/** Azure ML's name for it, where the output is a folder. */
const fileInFolder = 'parallel_run_step.txt';

export class AppendedRows {
  readonly #file: PartialFile | null;
  #header: string | null = null;
  #isEmpty = true;

  private constructor(file: PartialFile | null) {
    this.#file = file;
  }

  /** @param path null to keep nothing */
  static async open(path: string | null): Promise<AppendedRows> {
    if (path === null) return new AppendedRows(null);
    const isFolder = await stat(path).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
    return new AppendedRows(await PartialFile.create(isFolder ? join(path, fileInFolder) : path));
  }

  get path(): string | null {
    return this.#file?.path ?? null;
  }

  /**
   * In the order of the mini-batches.
   * @throws ScoringError PARALLEL_RESULT_INVALID where it has other columns than those before
   */
  async append({ label }: MiniBatch, { header, text }: BatchResult): Promise<void> {
    if (this.#file === null || (text === '' && header === null)) return;
    const line = header === null ? null : formatCsvRecord(header);
    if (this.#isEmpty) {
      this.#header = line;
      if (line !== null) await this.#file.write(`${line}\n`);
      this.#isEmpty = false;
    } else if (line !== this.#header) throw otherColumns(label, line, this.#header);
    await this.#file.write(text);
  }

  async commit(): Promise<void> {
    await this.#file?.commit();
  }

  async discard(): Promise<void> {
    await this.#file?.discard();
  }
}

function otherColumns(label: string, line: string | null, before: string | null): ScoringError {
  const shown = (header: string | null) =>
    header === null ? 'rows without columns' : `'${header}'`;
  const message =
    `the entry script gave back ${shown(line)} for ${label}, and ${shown(before)} before; ` +
    'give back the same columns for every mini-batch';
  return new ScoringError('PARALLEL_RESULT_INVALID', message);
}
