// Collects the rows that could not be scored: all of them in a file of JSON lines beside the
// output, the first few in memory, and the threshold past which the job fails.

import { rm } from 'node:fs/promises';
import { ScoringError } from '../errors.ts';
import { PartialFile } from './partial-file.ts';
import type { RowFailure } from './score-records.ts';

const listedCount = 20;
const namedInMessage = 5;

export class FailureReport {
  readonly path: string;
  readonly #errorThreshold: number;
  readonly #first: RowFailure[] = [];
  #count = 0;
  #file: PartialFile | null = null;

  /** `errorThreshold`: how many failed rows are tolerated; -1 tolerates any number. */
  constructor(outputPath: string, errorThreshold: number) {
    this.path = `${outputPath}.errors.jsonl`;
    this.#errorThreshold = errorThreshold;
  }

  get count(): number {
    return this.#count;
  }

  /** The first 20. */
  get first(): readonly RowFailure[] {
    return this.#first;
  }

  /** Throws BATCH_ERROR_THRESHOLD_EXCEEDED. */
  async add(failures: readonly RowFailure[]): Promise<void> {
    if (failures.length === 0) return;
    this.#count += failures.length;
    this.#first.push(...failures.slice(0, listedCount - this.#first.length));
    if (this.#errorThreshold >= 0 && this.#count > this.#errorThreshold) throw this.#exceeded();
    this.#file ??= await PartialFile.create(this.path);
    await this.#file.write(failures.map((failure) => `${JSON.stringify(failure)}\n`).join(''));
  }

  /** Returns the file's path, or null without failures: then an older run's report goes. */
  async commit(): Promise<string | null> {
    await this.#file?.commit();
    if (this.#file !== null) return this.path;
    await rm(this.path, { force: true });
    return null;
  }

  async discard(): Promise<void> {
    await this.#file?.discard();
  }

  #exceeded(): ScoringError {
    const named = this.#first.slice(0, namedInMessage).map(describeRowFailure).join('; ');
    const more = this.#count > namedInMessage ? '; …' : '';
    const rows = this.#count === 1 ? '1 row' : `${this.#count} rows`;
    return new ScoringError(
      'BATCH_ERROR_THRESHOLD_EXCEEDED',
      `${rows} could not be scored, over the error threshold of ${this.#errorThreshold}: ` +
        `${named}${more}. Mend the rows, or raise the threshold (-1 tolerates any number)`,
    );
  }
}

export function describeRowFailure({ row, reason }: RowFailure): string {
  return `row ${row}: ${reason}`;
}
