// Prediction in TypeScript: the meaning of the kernels, and the fallback.

import type { Features } from '../matrix/feature-matrix.ts';
import type { EnsemblePredictor } from './ensemble-predictor.ts';
import { forEachBlock } from './feature-rows.ts';
import { leafOf } from './route.ts';
import type { TreeEnsemble } from './tree.ts';

export class WalkPredictor implements EnsemblePredictor {
  readonly #ensemble: TreeEnsemble;
  readonly #row: Float32Array;

  constructor(ensemble: TreeEnsemble) {
    this.#ensemble = ensemble;
    this.#row = new Float32Array(ensemble.columnCount);
  }

  predictRow(values: Float32Array | Float64Array, out: Float64Array): void {
    for (let j = 0; j < this.#row.length; j++) this.#row[j] = values[j];
    this.#addRow(this.#row, 0, out, 0);
  }

  predictBatch(x: Features, out: Float64Array): void {
    const { columnCount, outputCount } = this.#ensemble;
    forEachBlock(x, (rows, first, count) => {
      for (let i = 0; i < count; i++) {
        this.#addRow(rows, i * columnCount, out, (first + i) * outputCount);
      }
    });
  }

  #addRow(rows: Float32Array, at: number, out: Float64Array, into: number): void {
    const { trees, outputCount, baseScore } = this.#ensemble;
    for (let k = 0; k < outputCount; k++) out[into + k] = baseScore[k];
    for (let t = 0; t < trees.length; t++) {
      const tree = trees[t];
      const leaf = leafOf(tree, rows, at);
      if (tree.valueCount === 1) out[into + (t % outputCount)] += tree.value[leaf];
      else
        for (let k = 0; k < outputCount; k++) out[into + k] += tree.value[leaf * outputCount + k];
    }
  }
}
