// A categorical column as one or more numbers a level, such as the mean of the target.

import type { FeatureSchema } from '../../matrix/feature-schema.ts';
import { type MapOfColumn, numericOutput } from './column-map.ts';

export class LookupMap implements MapOfColumn {
  readonly kind = 'lookup';
  readonly outputCount: number;
  /** `outputCount` numbers a level by its code, then those of a missing value. */
  readonly table: Float64Array;

  constructor(outputCount: number, table: Float64Array) {
    this.outputCount = outputCount;
    this.table = table;
  }

  outputs({ name }: FeatureSchema): readonly FeatureSchema[] {
    if (this.outputCount === 1) return [numericOutput(`${name} target`)];
    return Array.from({ length: this.outputCount }, (_, k) => numericOutput(`${name} target ${k}`));
  }

  mapColumn(values: Float64Array): readonly Float64Array[] {
    return Array.from({ length: this.outputCount }, (_, k) =>
      values.map((value) => this.table[this.#rowOf(value) * this.outputCount + k]),
    );
  }

  mapCell(value: number, out: Float64Array, at: number): void {
    const start = this.#rowOf(value) * this.outputCount;
    for (let k = 0; k < this.outputCount; k++) out[at + k] = this.table[start + k];
  }

  toJSON() {
    const { kind, outputCount } = this;
    return { kind, outputCount, table: [...this.table] };
  }

  #rowOf(value: number): number {
    return Number.isNaN(value) ? this.table.length / this.outputCount - 1 : value;
  }
}
