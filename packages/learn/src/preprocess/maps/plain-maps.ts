// The maps that change no number: keep a column, drop it, or take its category codes as numbers.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import { type MapOfColumn, numericOutput } from './column-map.ts';

export class KeepMap implements MapOfColumn {
  readonly kind = 'keep';

  outputs(input: FeatureSchema): readonly FeatureSchema[] {
    return [input];
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    return [values];
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    out[at] = value;
  }

  toJSON() {
    return { kind: this.kind };
  }
}

export class DropMap implements MapOfColumn {
  readonly kind = 'drop';

  outputs(): readonly FeatureSchema[] {
    return [];
  }

  mapColumn(): readonly Float64Array[] {
    return [];
  }

  mapCell(): void {}

  toJSON() {
    return { kind: this.kind };
  }
}

export class CodesMap implements MapOfColumn {
  readonly kind = 'codes';

  outputs({ name }: FeatureSchema): readonly FeatureSchema[] {
    return [numericOutput(name)];
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    return [values];
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    out[at] = value;
  }

  toJSON() {
    return { kind: this.kind };
  }
}

export const keep = new KeepMap();
export const drop = new DropMap();
export const codes = new CodesMap();
