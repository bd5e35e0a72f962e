// Sobol points: low-discrepancy points of the unit cube, by the direction numbers of Joe and Kuo
// ("Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci. Comput. 30,
// 2008; new-joe-kuo-6.21201, its first 40 dimensions). Which parameter a dimension stands for is
// not its matter.

interface Direction {
  /** The primitive polynomial, its coefficients as bits, the first and the last included. */
  readonly polynomial: number;
  readonly initial: readonly number[];
}

const table: ReadonlyArray<readonly [polynomial: number, ...initial: number[]]> = [
  [1, 1],
  [3, 1],
  [7, 1, 3],
  [11, 1, 3, 1],
  [13, 1, 1, 1],
  [19, 1, 1, 3, 3],
  [25, 1, 3, 5, 13],
  [37, 1, 1, 5, 5, 17],
  [41, 1, 1, 5, 5, 5],
  [47, 1, 1, 7, 11, 19],
  [55, 1, 1, 5, 1, 1],
  [59, 1, 1, 1, 3, 11],
  [61, 1, 3, 5, 5, 31],
  [67, 1, 3, 3, 9, 7, 49],
  [91, 1, 1, 1, 15, 21, 21],
  [97, 1, 3, 1, 13, 27, 49],
  [103, 1, 1, 1, 15, 7, 5],
  [109, 1, 3, 1, 15, 13, 25],
  [115, 1, 1, 5, 5, 19, 61],
  [131, 1, 3, 7, 11, 23, 15, 103],
  [137, 1, 3, 7, 13, 13, 15, 69],
  [143, 1, 1, 3, 13, 7, 35, 63],
  [145, 1, 3, 5, 9, 1, 25, 53],
  [157, 1, 3, 1, 13, 9, 35, 107],
  [167, 1, 3, 1, 5, 27, 61, 31],
  [171, 1, 1, 5, 11, 19, 41, 61],
  [185, 1, 3, 5, 3, 3, 13, 69],
  [191, 1, 1, 7, 13, 1, 19, 1],
  [193, 1, 3, 7, 5, 13, 19, 59],
  [203, 1, 1, 3, 9, 25, 29, 41],
  [211, 1, 3, 5, 13, 23, 1, 55],
  [213, 1, 3, 7, 3, 13, 59, 17],
  [229, 1, 3, 1, 3, 5, 53, 69],
  [239, 1, 1, 5, 5, 23, 33, 13],
  [241, 1, 1, 7, 7, 1, 61, 123],
  [247, 1, 1, 7, 9, 13, 61, 49],
  [253, 1, 3, 3, 5, 3, 55, 33],
  [285, 1, 3, 1, 15, 31, 13, 49, 245],
  [299, 1, 3, 5, 15, 31, 59, 63, 97],
  [301, 1, 3, 1, 11, 11, 11, 77, 249],
];

const directions: readonly Direction[] = table.map(([polynomial, ...initial]) => ({
  polynomial,
  initial,
}));

export const maxSobolDimensions = directions.length;

const bits = 32;
const scale = 2 ** bits;

/**
 * One coordinate of a point, from 0 up to 1, in the order of the Gray code.
 * @param dimension from 0 up to `maxSobolDimensions`
 * @param index from 0; point 0 is the origin
 */
export function sobolCoordinate(dimension: number, index: number): number {
  return (sobolBits(dimension, index) >>> 0) / scale;
}

/**
 * A coordinate of the sequence after a digital shift, which keeps its evenness and starts it
 * elsewhere; never 0 nor 1.
 * @param shift from 0 up to 1
 */
export function shiftedSobolCoordinate(dimension: number, index: number, shift: number): number {
  const shifted = sobolBits(dimension, index) ^ Math.floor(shift * scale);
  return ((shifted >>> 0) + 0.5) / scale;
}

function sobolBits(dimension: number, index: number): number {
  const numbers = directionNumbers(dimension);
  let point = 0;
  let gray = index ^ (index >>> 1);
  for (let bit = 0; gray !== 0; bit += 1, gray >>>= 1) {
    if ((gray & 1) === 1) point ^= numbers[bit] ?? 0;
  }
  return point;
}

const known = new Map<number, Int32Array>();

function directionNumbers(dimension: number): Int32Array {
  const found = known.get(dimension) ?? makeDirectionNumbers(dimension);
  known.set(dimension, found);
  return found;
}

// The recurrence (3) of the paper; the numbers stand at the upper end of their 32 bits.
function makeDirectionNumbers(dimension: number): Int32Array {
  const direction = directions[dimension];
  if (direction === undefined) throw new Error(`no Sobol dimension ${dimension}`);
  const numbers = new Int32Array(bits);
  if (dimension === 0) return numbers.map((_, bit) => 1 << (bits - 1 - bit));
  const { polynomial, initial } = direction;
  const degree = initial.length;
  for (let bit = 0; bit < bits; bit += 1) {
    numbers[bit] =
      bit < degree
        ? (initial[bit] ?? 0) << (bits - 1 - bit)
        : nextNumber(numbers, bit, degree, polynomial);
  }
  return numbers;
}

function nextNumber(numbers: Int32Array, bit: number, degree: number, polynomial: number): number {
  const oldest = numbers[bit - degree] ?? 0;
  let number = oldest ^ (oldest >>> degree);
  for (let back = 1; back < degree; back += 1) {
    if (((polynomial >>> (degree - back)) & 1) === 1) number ^= numbers[bit - back] ?? 0;
  }
  return number;
}
