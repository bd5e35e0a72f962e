// From the scores of a linear model or a network to probabilities: the logistic function for one
// output, softmax for more.

/**
 * @param scores row-major, `outputs` a row.
 * @returns row-major, one column a class: two for one output, else as many as outputs; rows sum to 1.
 */
export function scoresToProbabilities(scores: Float64Array, outputs: number): Float64Array {
  return outputs === 1 ? logistic(scores) : softmax(scores, outputs);
}

function logistic(scores: Float64Array): Float64Array {
  const probabilities = new Float64Array(2 * scores.length);
  scores.forEach((score, i) => {
    // e to a number of 0 or less cannot overflow.
    const small = Math.exp(-Math.abs(score));
    const larger = 1 / (1 + small);
    probabilities[2 * i] = score > 0 ? small * larger : larger;
    probabilities[2 * i + 1] = score > 0 ? larger : small * larger;
  });
  return probabilities;
}

function softmax(scores: Float64Array, outputs: number): Float64Array {
  const probabilities = new Float64Array(scores.length);
  for (let at = 0; at < scores.length; at += outputs) {
    let largest = scores[at];
    for (let k = 1; k < outputs; k++) largest = Math.max(largest, scores[at + k]);
    let sum = 0;
    for (let k = 0; k < outputs; k++) {
      probabilities[at + k] = Math.exp(scores[at + k] - largest);
      sum += probabilities[at + k];
    }
    for (let k = 0; k < outputs; k++) probabilities[at + k] /= sum;
  }
  return probabilities;
}
