// Counts what has failed, says so, and ends the work when it is more than may fail.
import { ScoringError } from '../errors.ts';
import type { ParallelDefinition } from './definition.ts';
import type { MiniBatch } from './mini-batch.ts';

export class FailedBatches {
  readonly #definition: ParallelDefinition;
  readonly #print: (line: string) => void;
  #batches = 0;
  #items = 0;
  /** More has failed than may: what comes in after that is cut off and no failure of its own. */
  #isOver = false;

  constructor(definition: ParallelDefinition, print: (line: string) => void) {
    this.#definition = definition;
    this.#print = print;
  }

  get batchCount(): number {
    return this.#batches;
  }

  get itemCount(): number {
    return this.#items;
  }

  /** @throws ScoringError PARALLEL_ERROR_THRESHOLD_EXCEEDED */
  add(batch: MiniBatch, reason: string): void {
    if (this.#isOver) return;
    this.#batches += 1;
    this.#print(`mini-batch ${batch.index} (${batch.label}) failed: ${reason}`);
    const { miniBatchErrorThreshold: most } = this.#definition;
    if (most >= 0 && this.#batches > most) {
      throw this.#exceeded(
        `${this.#batches} mini-batches have failed, and mini_batch_error_threshold is ${most}`,
        batch,
        reason,
      );
    }
    this.addMissing(batch, batch.count, reason);
  }

  /** Files or rows for which the script has given back nothing. */
  addMissing(batch: MiniBatch, count: number, reason: string): void {
    if (count <= 0 || this.#isOver) return;
    this.#items += count;
    const { errorThreshold: most } = this.#definition;
    if (most < 0 || this.#items <= most) return;
    throw this.#exceeded(
      `${this.#items} files or rows have no result, and error_threshold is ${most}`,
      batch,
      reason,
    );
  }

  #exceeded(what: string, { index, label }: MiniBatch, reason: string): ScoringError {
    this.#isOver = true;
    const message = `${what}; the last of them: mini-batch ${index} (${label}): ${reason}`;
    return new ScoringError('PARALLEL_ERROR_THRESHOLD_EXCEEDED', message);
  }
}
