// The rows of each fold, taken out of the problem once and kept for the next trials, as long as they
// are small: every trial fits on the same ones.
import { FeatureMatrix, type Label } from '@ridgeline/learn';
import { taken } from '../evaluation/judge.ts';
import type { FitData } from '../learners/learner.ts';
import type { ProblemMessage } from './messages.ts';

export interface FoldData {
  readonly train: FitData;
  /** Null where all rows are trained on. */
  readonly valid: FitData | null;
}

const keptBytes = 400_000_000;

export class FoldDataCache {
  readonly #problem: ProblemMessage;
  readonly #x: FeatureMatrix;
  readonly #kept = new Map<string, FoldData>();
  #bytes = 0;

  constructor(problem: ProblemMessage) {
    this.#problem = problem;
    this.#x = new FeatureMatrix(problem.columns);
  }

  /** @param fold -1 for all rows that may be trained on. @param sampleRows null for all. */
  get(fold: number, sampleRows: number | null): FoldData {
    const key = `${fold} ${sampleRows}`;
    const known = this.#kept.get(key);
    if (known !== undefined) return known;
    const made = this.#make(fold, sampleRows);
    this.#keep(key, made);
    return made;
  }

  #make(fold: number, sampleRows: number | null): FoldData {
    const { folds } = this.#problem;
    if (fold === -1) {
      const rows = Int32Array.from(new Set(folds.flatMap(({ train }) => [...train]))).sort();
      return { train: this.#take(rows), valid: null };
    }
    const { train, valid } = folds[fold];
    // Ascending rows lie nearer to each other in memory.
    const rows = train.slice(0, sampleRows ?? train.length).sort();
    return { train: this.#take(rows), valid: this.#take(valid) };
  }

  #take(rows: Int32Array): FitData {
    const { target, classes, fitWeights } = this.#problem;
    const values = taken(target, rows);
    const y: ArrayLike<Label> =
      classes === null ? values : Array.from(values, (code) => classes[code]);
    const weights = fitWeights === null ? null : taken(fitWeights, rows);
    return { x: this.#x.takeRows(rows), y, weights };
  }

  #keep(key: string, data: FoldData): void {
    const rows = data.train.x.rowCount + (data.valid?.x.rowCount ?? 0);
    const bytes = rows * (this.#x.columnCount + 2) * 8;
    if (this.#bytes + bytes > keptBytes) {
      this.#kept.clear();
      this.#bytes = 0;
    }
    this.#kept.set(key, data);
    this.#bytes += bytes;
  }
}
