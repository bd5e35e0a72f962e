// Keeps a column and adds one that is 1 where it misses a value, else 0.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import { type MapOfColumn, numericOutput } from './column-map.ts';

export class IndicatorMap implements MapOfColumn {
  readonly kind = 'indicator';

  outputs(input: FeatureSchema): readonly FeatureSchema[] {
    return [input, numericOutput(`${input.name} missing`)];
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    return [values, indicatorOf(values)];
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    out[at] = value;
    out[at + 1] = Number.isNaN(value) ? 1 : 0;
  }

  toJSON() {
    return { kind: this.kind };
  }
}

export function indicatorOf(values: Float64Array): Float64Array {
  return values.map((value) => (Number.isNaN(value) ? 1 : 0));
}
