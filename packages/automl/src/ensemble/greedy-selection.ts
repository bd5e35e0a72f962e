// Greedy ensemble selection with replacement (Caruana et al. 2004): add the model that helps most,
// again and again, and keep the best prefix. Works on predictions for rows held out alone.

export interface Selection {
  /** One weight a candidate, 0 or more, summing to 1. */
  readonly weights: Float64Array;
  /** Of the weighted mean. */
  readonly loss: number;
}

export interface SelectionOptions {
  /** Predictions that may be added, at most. */
  readonly rounds: number;
  /** Distinct candidates, at most. */
  readonly mostMembers: number;
  readonly shouldStop: () => boolean;
}

/**
 * @param candidates predictions of each candidate, all of one length, the best candidate first.
 * @param loss of averaged predictions; lower is better.
 */
export function selectGreedily(
  candidates: readonly Float32Array[],
  loss: (predictions: Float64Array) => number,
  { rounds, mostMembers, shouldStop }: SelectionOptions,
): Selection {
  const length = candidates[0].length;
  const sum = new Float64Array(length);
  const mean = new Float64Array(length);
  const counts = new Float64Array(candidates.length);
  let best: Selection = { weights: unit(candidates.length, 0), loss: Number.POSITIVE_INFINITY };
  for (let round = 1; round <= rounds; round++) {
    if (round > 1 && shouldStop()) break;
    const isFull = counts.filter((count) => count > 0).length >= mostMembers;
    let chosen = -1;
    let chosenLoss = Number.POSITIVE_INFINITY;
    candidates.forEach((candidate, index) => {
      if (isFull && counts[index] === 0) return;
      for (let i = 0; i < length; i++) mean[i] = (sum[i] + candidate[i]) / round;
      const here = loss(mean);
      if (here < chosenLoss) {
        chosen = index;
        chosenLoss = here;
      }
    });
    if (chosen === -1) break;
    counts[chosen]++;
    for (let i = 0; i < length; i++) sum[i] += candidates[chosen][i];
    if (chosenLoss < best.loss) {
      best = { weights: counts.map((count) => count / round), loss: chosenLoss };
    }
  }
  return best;
}

function unit(length: number, at: number): Float64Array {
  const weights = new Float64Array(length);
  weights[at] = 1;
  return weights;
}
