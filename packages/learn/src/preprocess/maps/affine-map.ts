// (x - center) / scale. A missing value stays missing.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import type { MapOfColumn } from './column-map.ts';

export class AffineMap implements MapOfColumn {
  readonly kind = 'affine';
  readonly center: number;
  /** Finite and above 0. */
  readonly scale: number;

  constructor(center: number, scale: number) {
    this.center = center;
    this.scale = scale;
  }

  outputs(input: FeatureSchema): readonly FeatureSchema[] {
    return [input];
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    const mapped = new Float64Array(values.length);
    for (let i = 0; i < values.length; i++) mapped[i] = this.#map(values[i]);
    return [mapped];
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    out[at] = this.#map(value);
  }

  toJSON() {
    const { kind, center, scale } = this;
    return { kind, center, scale };
  }

  #map(value: number): number {
    const mapped = (value - this.center) / this.scale;
    // The comparison is false of NaN too, which stays what it is.
    if (!(Math.abs(mapped) > Number.MAX_VALUE)) return mapped;
    return mapped > 0 ? Number.MAX_VALUE : -Number.MAX_VALUE;
  }
}
