// All trials of a search, and the models of those that may still be chosen. The memory that models and
// predictions take is bounded: those of losing trials are dropped.
import type { Evaluated } from './evaluated.ts';

const mostKept = 40;
const mostKeptBytes = 1_500_000_000;

export class Ledger {
  readonly #all: Evaluated[] = [];

  add(evaluated: Evaluated): void {
    this.#all.push(evaluated);
    this.#all.sort((a, b) => a.trial.number - b.trial.number);
    this.#dropLosers();
  }

  /** In the order of their numbers. */
  get all(): readonly Evaluated[] {
    return this.#all;
  }

  /** Best first; trials with a model on all rows only. */
  ranked(): readonly Evaluated[] {
    return byLoss(this.#all.filter(({ models, loss }) => models !== null && Number.isFinite(loss)));
  }

  get best(): Evaluated | null {
    return this.ranked()[0] ?? null;
  }

  #dropLosers(): void {
    let bytes = 0;
    this.ranked().forEach((evaluated, rank) => {
      bytes += sizeOf(evaluated);
      if (rank < mostKept && (rank === 0 || bytes <= mostKeptBytes)) return;
      const at = this.#all.indexOf(evaluated);
      this.#all[at] = { ...evaluated, models: null, predictions: null };
    });
  }
}

/** Best first, equals by number. */
export function byLoss(trials: readonly Evaluated[]): Evaluated[] {
  return trials.toSorted((a, b) => a.loss - b.loss || a.trial.number - b.trial.number);
}

function sizeOf({ models, predictions }: Evaluated): number {
  const modelBytes = models?.reduce((sum, model) => sum + model.byteLength, 0) ?? 0;
  return modelBytes + (predictions?.byteLength ?? 0);
}
