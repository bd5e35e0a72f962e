// Minimises a function of a few variables without derivatives: Nelder and Mead (1965), with the
// coefficients that adapt to the number of variables of Gao and Han (2012).

export interface NelderMeadOptions {
  /** Size of the first simplex along each variable. */
  readonly step: readonly number[];
  readonly maxEvaluations: number;
  /** Ends when the best and the worst corner differ by no more than this share of their size. */
  readonly tolerance: number;
}

interface Corner {
  readonly point: Float64Array;
  readonly value: number;
}

/** The best point found. Where `objective` is NaN, a point counts as the worst. */
export function nelderMead(
  objective: (point: Float64Array) => number,
  start: Float64Array,
  { step, maxEvaluations, tolerance }: NelderMeadOptions,
): Float64Array {
  const size = start.length;
  let evaluations = 0;
  const corner = (point: Float64Array): Corner => {
    evaluations++;
    const value = objective(point);
    return { point, value: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value };
  };
  const moved = start.length === 0 ? [] : [...start.keys()];
  const corners = [start, ...moved.map((j) => start.with(j, start[j] + step[j]))].map(corner);
  const expand = 1 + 2 / Math.max(2, size);
  const contract = 0.75 - 0.5 / Math.max(2, size);
  const shrink = 1 - 1 / Math.max(2, size);
  while (evaluations < maxEvaluations) {
    corners.sort((a, b) => a.value - b.value);
    const best = corners[0];
    const worst = corners[size];
    if (!(worst.value - best.value > tolerance * Math.abs(best.value))) break;
    const centre = centreOf(corners.slice(0, size));
    const along = (factor: number) =>
      corner(centre.map((value, j) => value + factor * (value - worst.point[j])));
    const reflected = along(1);
    if (reflected.value < best.value) {
      const expanded = along(expand);
      corners[size] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < corners[size - 1].value) {
      corners[size] = reflected;
    } else {
      const isBetter = reflected.value < worst.value;
      const contracted = along(isBetter ? contract : -contract);
      if (contracted.value < Math.min(reflected.value, worst.value)) corners[size] = contracted;
      else shrinkTo(best, corners, shrink, corner);
    }
  }
  return corners.reduce((best, other) => (other.value < best.value ? other : best)).point;
}

function centreOf(corners: readonly Corner[]): Float64Array {
  return corners[0].point.map(
    (_, j) => corners.reduce((sum, { point }) => sum + point[j], 0) / corners.length,
  );
}

function shrinkTo(
  best: Corner,
  corners: Corner[],
  share: number,
  corner: (point: Float64Array) => Corner,
): void {
  for (let i = 1; i < corners.length; i++) {
    const { point } = corners[i];
    corners[i] = corner(best.point.map((value, j) => value + share * (point[j] - value)));
  }
}
