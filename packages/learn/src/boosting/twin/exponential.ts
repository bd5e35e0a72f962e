// Twin of kernels/boosting/exponential.as.ts, to the bit: each operation is rounded to float32.

const { fround } = Math;
const log2e = fround(Math.LOG2E);
const ln2High = fround(0.693359375);
const ln2Low = fround(-2.1219444e-4);
const coefficients = [1.3981999e-3, 8.3334519e-3, 4.1665795e-2, 1.6666665e-1, 0.5].map(fround);
const highest = fround(1.9875691e-4);

/** e^x as a float32. */
export function exponential(value: number): number {
  let x = fround(Math.min(Math.max(value, -87), 88));
  const power = Math.floor(fround(fround(x * log2e) + 0.5));
  x = fround(x - fround(power * ln2High));
  x = fround(x - fround(power * ln2Low));
  let y = highest;
  for (const coefficient of coefficients) y = fround(fround(y * x) + coefficient);
  y = fround(fround(y * fround(x * x)) + fround(x + 1));
  return fround(y * 2 ** power);
}
