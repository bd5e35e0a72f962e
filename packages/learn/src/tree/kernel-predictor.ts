// Prediction by the compiled kernels. Owns where an ensemble's image and the scratch beside it lie in
// the memory; what is in the image is its maker's.

import type { Features } from '../matrix/feature-matrix.ts';
import type { EnsembleImage } from './ensemble-image.ts';
import type { EnsemblePredictor } from './ensemble-predictor.ts';
import { fillRows } from './feature-rows.ts';
import type { predictionMemory } from './prediction-memory.ts';
import type { TreeEnsemble } from './tree.ts';

type Memory = NonNullable<typeof predictionMemory>;

/** Views into the memory as long as it has not been emptied. */
interface Placed {
  readonly age: number;
  readonly image: number;
  readonly scratch: number;
  readonly rows: Float32Array;
  readonly out: Float64Array;
}

/** Values a block: what stays in the cache beside the trees. */
const blockValues = 16_384;

export class KernelPredictor implements EnsemblePredictor {
  readonly #ensemble: TreeEnsemble;
  readonly #image: EnsembleImage;
  readonly #memory: Memory;
  /** Rows a block, a multiple of 8. */
  readonly #blockRows: number;
  #placed: Placed | null = null;

  constructor(ensemble: TreeEnsemble, image: EnsembleImage, memory: Memory) {
    this.#ensemble = ensemble;
    this.#image = image;
    this.#memory = memory;
    const eights = Math.round(blockValues / 8 / ensemble.columnCount);
    this.#blockRows = 8 * Math.min(32, Math.max(1, eights));
  }

  predictRow(values: Float32Array | Float64Array, out: Float64Array): void {
    const placed = this.#place();
    const { columnCount, outputCount } = this.#ensemble;
    for (let j = 0; j < columnCount; j++) placed.rows[j] = values[j];
    this.#predictOne(placed, 0);
    for (let k = 0; k < outputCount; k++) out[k] = placed.out[k];
  }

  predictBatch(x: Features, out: Float64Array): void {
    const { outputCount } = this.#ensemble;
    const placed = this.#place();
    for (let first = 0; first < x.rowCount; first += this.#blockRows) {
      const count = Math.min(this.#blockRows, x.rowCount - first);
      fillRows(x, first, count, placed.rows);
      this.#predictBlock(placed, count);
      out.set(placed.out.subarray(0, count * outputCount), first * outputCount);
    }
  }

  #predictBlock(placed: Placed, count: number): void {
    const { kernels } = this.#memory;
    const { kind } = this.#image;
    const { columnCount } = this.#ensemble;
    const { image, scratch } = placed;
    const rows = placed.rows.byteOffset;
    const out = placed.out.byteOffset;
    if (kind === 'flat') {
      kernels.walkRows(image, rows, count, columnCount, scratch, out);
      return;
    }
    const score = kind === 'quick-scorer-32' ? kernels.scoreEight32 : kernels.scoreEight64;
    const eights = count - (count % 8);
    if (eights > 0) score(image, rows, eights, columnCount, scratch, out);
    for (let row = eights; row < count; row++) this.#predictOne(placed, row);
  }

  #predictOne(placed: Placed, row: number): void {
    const { kernels } = this.#memory;
    const { columnCount, outputCount } = this.#ensemble;
    const from = placed.rows.byteOffset + row * columnCount * 4;
    const into = placed.out.byteOffset + row * outputCount * 8;
    const { kind } = this.#image;
    if (kind === 'flat') kernels.walkRow(placed.image, from, placed.scratch, into);
    else if (kind === 'quick-scorer-32') kernels.score32(placed.image, from, placed.scratch, into);
    else kernels.score64(placed.image, from, placed.scratch, into);
  }

  #place(): Placed {
    if (this.#placed !== null && this.#placed.age === this.#memory.age) return this.#placed;
    const { bytes } = this.#image;
    const { columnCount, outputCount, trees } = this.#ensemble;
    const rows = this.#blockRows * columnCount;
    const scores = this.#blockRows * outputCount;
    // Whole cache lines each, the widest words first. QuickScorer takes eight words of 64 bits a tree, and
    // the walk a line.
    const scratchAt = lines(bytes.length);
    const outAt = scratchAt + lines(Math.max(64, trees.length * 64));
    const rowsAt = outAt + lines(scores * 8);
    const room = this.#memory.place(rowsAt + lines(rows * 4));
    room.set(bytes);
    const { buffer, byteOffset } = room;
    this.#placed = {
      age: this.#memory.age,
      image: byteOffset,
      scratch: byteOffset + scratchAt,
      rows: new Float32Array(buffer, byteOffset + rowsAt, rows),
      out: new Float64Array(buffer, byteOffset + outAt, scores),
    };
    return this.#placed;
  }
}

function lines(byteLength: number): number {
  return Math.ceil(byteLength / 64) * 64;
}
