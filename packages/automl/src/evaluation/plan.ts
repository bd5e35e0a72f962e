// Which rows judge a trial, the same for every trial: folds, or one part held out. Owns the rows; which
// of the two suits the data and the time is in choose-plan.ts.
import { mixSeed, shuffled } from './random-rows.ts';

/** Row numbers of the problem; no row is in both, and `valid` ascends. */
export interface Fold {
  /** In random order: a sample is its first rows. */
  readonly train: Int32Array;
  readonly valid: Int32Array;
}

export interface Plan {
  readonly kind: 'folds' | 'holdout' | 'given';
  readonly folds: readonly Fold[];
  /** Rows that at least one fold judges, ascending. */
  readonly judged: Int32Array;
}

export function planOf(kind: Plan['kind'], folds: readonly Fold[]): Plan {
  const last = folds.reduce((most, { valid }) => Math.max(most, valid.at(-1) ?? 0), 0);
  const isJudged = new Uint8Array(last + 1);
  for (const { valid } of folds) for (const row of valid) isJudged[row] = 1;
  const rows = Int32Array.from(isJudged, (_, row) => row);
  return { kind, folds, judged: rows.filter((row) => isJudged[row] === 1) };
}

/**
 * `count` folds, `repeats` times over, each with its share of every stratum.
 * @param strata one a row: rows of one stratum are dealt out evenly.
 */
export function foldsOf(
  strata: ArrayLike<number>,
  {
    count,
    repeats,
    seed,
  }: { readonly count: number; readonly repeats: number; readonly seed: number },
): Plan {
  const folds: Fold[] = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    const foldOf = dealt(strata, count, mixSeed(seed, repeat, 1));
    for (let fold = 0; fold < count; fold++) {
      folds.push(
        parted(strata.length, (row) => foldOf[row] === fold, mixSeed(seed, repeat, fold, 2)),
      );
    }
  }
  return planOf('folds', folds);
}

/** One part of about `validCount` rows held out, with its share of every stratum. */
export function holdoutOf(strata: ArrayLike<number>, validCount: number, seed: number): Plan {
  // Dealing into many small hands and taking some of them keeps the shares without rounding each.
  const hands = Math.max(2, Math.round(strata.length / Math.max(1, validCount)));
  const handOf = dealt(strata, hands, mixSeed(seed, 1));
  return planOf('holdout', [parted(strata.length, (row) => handOf[row] === 0, mixSeed(seed, 2))]);
}

function parted(rowCount: number, isValid: (row: number) => boolean, seed: number): Fold {
  const train: number[] = [];
  const valid: number[] = [];
  for (let row = 0; row < rowCount; row++) (isValid(row) ? valid : train).push(row);
  return { train: shuffled(Int32Array.from(train), seed), valid: Int32Array.from(valid) };
}

/** A hand for each row: the rows of each stratum in random order, dealt on round the table. */
function dealt(strata: ArrayLike<number>, hands: number, seed: number): Int32Array {
  const rows = shuffled(
    Int32Array.from({ length: strata.length }, (_, row) => row),
    seed,
  );
  const next = starts(strata);
  const hand = new Int32Array(rows.length);
  for (const row of rows) hand[row] = next[strata[row]]++ % hands;
  return hand;
}

/** Where each stratum begins when rows lie sorted by it: whole numbers from 0 on. */
function starts(strata: ArrayLike<number>): number[] {
  const counts: number[] = [];
  for (let row = 0; row < strata.length; row++) {
    const stratum = strata[row];
    while (counts.length <= stratum) counts.push(0);
    counts[stratum]++;
  }
  let sum = 0;
  return counts.map((count) => {
    const start = sum;
    sum += count;
    return start;
  });
}
