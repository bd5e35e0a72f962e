// The search for splits in TypeScript: the meaning of the compiled kernels, and the fallback.

import { ClassStatistics } from './class-statistics.ts';
import { missingBin } from './column-bins.ts';
import type { ForestData, ForestSettings } from './forest-data.ts';
import { ForestRandom } from './forest-random.ts';
import { MomentStatistics } from './moment-statistics.ts';
import { emptyNode, type NodeSplitter } from './node-splitter.ts';
import type { TargetStatistics } from './target-statistics.ts';

/** Random thresholds lie on a grid of this many steps between the smallest and the largest value. */
const thresholdSteps = 2 ** 20;

export class TypeScriptSplitter implements NodeSplitter {
  readonly node;
  readonly #data: ForestData;
  readonly #settings: ForestSettings;
  readonly #positions: Float64Array;
  readonly #statistics: TargetStatistics;
  readonly #rows: Uint32Array;
  readonly #spare: Uint32Array;
  readonly #columns: Uint32Array;
  #random = new ForestRandom(0);

  /** @param positions where each bin of each column lies, `missingBin` a column. */
  constructor(data: ForestData, settings: ForestSettings, positions: Float64Array) {
    const byMoments = data.outputCount === 1 && settings.criterion !== 'entropy';
    this.#data = data;
    this.#settings = settings;
    this.#positions = positions;
    this.#statistics = new (byMoments ? MomentStatistics : ClassStatistics)(data, settings);
    this.#rows = new Uint32Array(data.rowCount);
    this.#spare = new Uint32Array(data.rowCount);
    this.#columns = new Uint32Array(data.columnCount);
    this.node = emptyNode(data.outputCount);
  }

  begin(bag: Float64Array, seed: number): number {
    this.#statistics.begin(bag);
    this.#random = new ForestRandom(seed);
    for (let j = 0; j < this.#columns.length; j++) this.#columns[j] = j;
    let count = 0;
    for (let i = 0; i < bag.length; i++) if (bag[i] > 0) this.#rows[count++] = i;
    return count;
  }

  visit(start: number, end: number, maySplit: boolean): void {
    const { node } = this;
    const statistics = this.#statistics;
    const impure = statistics.enter(this.#rows, start, end, node);
    node.column = -1;
    if (!maySplit || !impure) return;
    this.#search(start, end);
    const { best } = statistics;
    if (best.column < 0) return;
    node.column = best.column;
    node.bin = best.bin;
    node.nextBin = best.nextBin;
    node.cut = best.cut;
    node.missingLeft = best.missingLeft;
    node.gain = statistics.gain();
    node.middle = this.#partition(start, end);
  }

  /** Tries columns in random order: as many as the settings say, and on until one can be split. */
  #search(start: number, end: number): void {
    const { columnsPerNode, randomThresholds } = this.#settings;
    const columns = this.#columns;
    const { best } = this.#statistics;
    for (let v = 0; v < columns.length && (v < columnsPerNode || best.column < 0); v++) {
      const drawn = v + this.#random.below(columns.length - v);
      const column = columns[drawn];
      columns[drawn] = columns[v];
      columns[v] = column;
      if (randomThresholds) this.#tryRandom(start, end, column);
      else this.#statistics.tryAll(this.#rows, start, end, column);
    }
  }

  #tryRandom(start: number, end: number, column: number): void {
    const { bins, rowCount } = this.#data;
    let least = missingBin;
    let most = -1;
    let missing = 0;
    for (let k = start; k < end; k++) {
      const bin = bins[column * rowCount + this.#rows[k]];
      if (bin === missingBin) missing++;
      else {
        if (bin < least) least = bin;
        if (bin > most) most = bin;
      }
    }
    if (most < 0 || (least === most && missing === 0)) return;
    if (least === most) {
      this.#statistics.tryBin(this.#rows, start, end, column, least, missingBin);
    } else this.#tryCut(start, end, column, least, most);
  }

  #tryCut(start: number, end: number, column: number, least: number, most: number): void {
    const positions = this.#positions;
    const base = column * missingBin;
    const from = positions[base + least];
    const share = this.#random.below(thresholdSteps) / thresholdSteps;
    const cut = from + (positions[base + most] - from) * share;
    let bin = least;
    while (bin + 1 < most && positions[base + bin + 1] <= cut) bin++;
    const { best } = this.#statistics;
    const before = best.score;
    this.#statistics.tryBin(this.#rows, start, end, column, bin, bin + 1);
    if (best.score > before) best.cut = cut;
  }

  /** Left rows first, each side in the order that it had; returns where the right ones begin. */
  #partition(start: number, end: number): number {
    const { bins, rowCount } = this.#data;
    const { column, bin, missingLeft } = this.node;
    const rows = this.#rows;
    let left = start;
    let right = 0;
    for (let k = start; k < end; k++) {
      const row = rows[k];
      const at = bins[column * rowCount + row];
      if (at === missingBin ? missingLeft : at <= bin) rows[left++] = row;
      else this.#spare[right++] = row;
    }
    rows.set(this.#spare.subarray(0, right), left);
    return left;
  }
}
