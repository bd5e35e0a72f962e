// sign(x) log(1 + |x|): draws long tails in on both sides, and keeps 0, order and sign.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import type { MapOfColumn } from './column-map.ts';

export class SignedLogMap implements MapOfColumn {
  readonly kind = 'signed-log';

  outputs(input: FeatureSchema): readonly FeatureSchema[] {
    return [input];
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    return [values.map(signedLog)];
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    out[at] = signedLog(value);
  }

  toJSON() {
    return { kind: this.kind };
  }
}

export function signedLog(value: number): number {
  return value < 0 ? -Math.log1p(-value) : Math.log1p(value);
}
