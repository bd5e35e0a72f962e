import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { preprocessReference } from '../../test/preprocess-reference.ts';
import { normalQuantile, normalShareBelow } from './normal-quantile.ts';

const { places, quantiles, deviates, shares } = preprocessReference.normal;

describe('normalQuantile', () => {
  it.each(places.map((place, i) => [place, quantiles[i]]))(
    "of %d is SciPy's",
    (place, quantile) => {
      expect(Math.abs(normalQuantile(place) - quantile)).toBeLessThanOrEqual(
        2e-15 * Math.abs(quantile),
      );
    },
  );
});

describe('normalShareBelow', () => {
  it.each(deviates.map((z, i) => [z, shares[i]]))("of %d is SciPy's", (z, share) => {
    expect(Math.abs(normalShareBelow(z) - share)).toBeLessThanOrEqual(
      1e-12 * share + Number.MIN_VALUE * 2 ** 40,
    );
  });

  it('is the way back from normalQuantile', () => {
    const place = fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true });
    fc.assert(
      fc.property(place, (p) => {
        const gap = Math.abs(normalShareBelow(normalQuantile(p)) - p);
        expect(gap).toBeLessThanOrEqual(1e-12 * p + 1e-16);
      }),
    );
  });
});
