import { expect, it } from 'vitest';
import { nelderMead } from './nelder-mead.ts';

const options = { step: [1, 1], maxEvaluations: 2000, tolerance: 1e-14 };

it("finds the bottom of Rosenbrock's valley", () => {
  const found = nelderMead(
    ([x, y]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2,
    Float64Array.of(-1.2, 1),
    options,
  );
  expect(found[0]).toBeCloseTo(1, 4);
  expect(found[1]).toBeCloseTo(1, 4);
});

it('keeps away from where the objective is not a number', () => {
  const found = nelderMead(([x]) => (x < 1 ? Number.NaN : x), Float64Array.of(5), {
    ...options,
    step: [1],
  });
  expect(found[0]).toBeCloseTo(1, 3);
});

it('stays within its evaluations', () => {
  let calls = 0;
  nelderMead(() => calls++, Float64Array.of(0, 0), {
    ...options,
    maxEvaluations: 50,
    tolerance: 0,
  });
  expect(calls).toBeLessThan(60);
});
