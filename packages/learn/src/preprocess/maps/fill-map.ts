// Puts one value where a column misses one; if asked, adds a column that says where that was.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import { type MapOfColumn, numericOutput } from './column-map.ts';
import { indicatorOf } from './indicator-map.ts';

export class FillMap implements MapOfColumn {
  readonly kind = 'fill';
  readonly fill: number;
  readonly addsIndicator: boolean;

  constructor(fill: number, addsIndicator: boolean) {
    this.fill = fill;
    this.addsIndicator = addsIndicator;
  }

  outputs(input: FeatureSchema): readonly FeatureSchema[] {
    return this.addsIndicator ? [input, numericOutput(`${input.name} missing`)] : [input];
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    const filled = this.#filled(values);
    return this.addsIndicator ? [filled, indicatorOf(values)] : [filled];
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    const isMissing = Number.isNaN(value);
    out[at] = isMissing ? this.fill : value;
    if (this.addsIndicator) out[at + 1] = isMissing ? 1 : 0;
  }

  toJSON() {
    const { kind, fill, addsIndicator } = this;
    return { kind, fill, addsIndicator };
  }

  /** The column itself where nothing is missing. */
  #filled(values: Float64Array): Float64Array {
    const first = values.findIndex(Number.isNaN);
    if (first < 0) return values;
    const filled = values.slice();
    for (let i = first; i < filled.length; i++) if (Number.isNaN(filled[i])) filled[i] = this.fill;
    return filled;
  }
}
