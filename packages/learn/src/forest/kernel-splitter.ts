// The search for splits by the compiled kernels. Owns the layout of one forest in their memory, which
// is this thread's and is taken over by the next forest.

import { KernelMemory } from '../kernels/kernel-memory.ts';
import { loadKernel } from '../kernels/load-kernel.ts';
import { instantiate } from '../kernels/web-assembly.ts';
import { missingBin } from './column-bins.ts';
import type { ForestData, ForestSettings } from './forest-data.ts';
import { stateAt, stateBytes, targetKinds } from './kernel-state.ts';
import { emptyNode, type NodeSplitter } from './node-splitter.ts';

interface ForestKernels {
  visitNode(state: number, first: number, last: number, maySplit: number): void;
}

const compiled = await loadKernel('forest');
const memory = compiled === null ? null : new KernelMemory();
const kernels =
  compiled === null || memory === null ? null : instantiate<ForestKernels>(compiled, memory.memory);

/** The most bytes that a forest may take of the 4 GiB that there are. */
const largestBytes = 2 ** 31;
const binCount = missingBin + 1;

/** A splitter over the kernels; null where there are none, or not memory enough for them. */
export function kernelSplitter(
  data: ForestData,
  settings: ForestSettings,
  positions: Float64Array,
): NodeSplitter | null {
  if (kernels === null || memory === null || bytesOf(data) > largestBytes) return null;
  memory.reset();
  return new KernelSplitter(data, settings, positions, memory, kernels);
}

function bytesOf({ rowCount, columnCount, classCount }: ForestData): number {
  return rowCount * (columnCount + 40) + columnCount * 2100 + classCount * binCount * 8 + 65_536;
}

class KernelSplitter implements NodeSplitter {
  readonly node;
  readonly #data: ForestData;
  readonly #kernels: ForestKernels;
  readonly #state: DataView;
  readonly #values: Float64Array;
  readonly #rows: Uint32Array;
  readonly #columns: Uint32Array;
  /** By moments: weight and weighted target a row; by classes: the weight alone. */
  readonly #weights: Float64Array;
  readonly #byMoments: boolean;

  constructor(
    data: ForestData,
    settings: ForestSettings,
    positions: Float64Array,
    at: KernelMemory,
    forestKernels: ForestKernels,
  ) {
    this.#data = data;
    this.#kernels = forestKernels;
    this.#byMoments = data.outputCount === 1 && settings.criterion !== 'entropy';
    this.node = emptyNode(data.outputCount);
    const { rowCount, columnCount, classCount, outputCount } = data;
    const stateAddress = at.allocate(stateBytes);
    this.#rows = at.uint32(rowCount);
    this.#columns = at.uint32(columnCount);
    this.#weights = at.float64(this.#byMoments ? rowCount * 2 : rowCount);
    this.#values = at.float64(outputCount);
    const places = {
      ...this.#placeData(at, positions),
      rows: this.#rows.byteOffset,
      columns: this.#columns.byteOffset,
      weights: this.#weights.byteOffset,
      values: this.#values.byteOffset,
      spare: at.uint32(rowCount + 1).byteOffset,
      // Entries of four by moments, of one a class else; zeros, as every visit leaves them.
      histogram: zeros(at.float64(binCount * Math.max(4, classCount))).byteOffset,
      counts: zeros(at.uint32(binCount)).byteOffset,
      touched: zeros(at.uint32(binCount / 32)).byteOffset,
      localOf: at.int32(classCount).byteOffset,
      total: at.float64(classCount).byteOffset,
      left: at.float64(classCount).byteOffset,
      missing: at.float64(classCount).byteOffset,
    };
    this.#state = new DataView(at.memory.buffer, stateAddress, stateBytes);
    this.#setWords({
      ...places,
      rowCount,
      columnCount,
      classCount,
      outputCount,
      columnsPerNode: settings.columnsPerNode,
      minSamplesLeaf: settings.minSamplesLeaf,
      randomThresholds: settings.randomThresholds ? 1 : 0,
      kind: this.#byMoments
        ? targetKinds.moments
        : targetKinds[settings.criterion === 'entropy' ? 'entropy' : 'gini'],
    });
  }

  begin(bag: Float64Array, seed: number): number {
    const { target } = this.#data;
    const weights = this.#weights;
    if (this.#byMoments) {
      for (let i = 0; i < bag.length; i++) {
        weights[2 * i] = bag[i];
        weights[2 * i + 1] = bag[i] * target[i];
      }
    } else weights.set(bag);
    for (let j = 0; j < this.#columns.length; j++) this.#columns[j] = j;
    this.#setWords({ randomState: seed });
    let count = 0;
    for (let i = 0; i < bag.length; i++) if (bag[i] > 0) this.#rows[count++] = i;
    return count;
  }

  visit(start: number, end: number, maySplit: boolean): void {
    const state = this.#state;
    const { node } = this;
    this.#kernels.visitNode(state.byteOffset, start, end, maySplit ? 1 : 0);
    node.weight = state.getFloat64(stateAt.nodeWeight, true);
    for (let k = 0; k < node.values.length; k++) node.values[k] = this.#values[k];
    node.column = state.getInt32(stateAt.bestColumn, true);
    if (node.column < 0) return;
    node.bin = state.getUint32(stateAt.bestBin, true);
    node.nextBin = state.getUint32(stateAt.bestNextBin, true);
    node.cut = state.getFloat64(stateAt.bestCut, true);
    node.missingLeft = state.getUint32(stateAt.bestMissingLeft, true) === 1;
    node.gain = state.getFloat64(stateAt.gain, true);
    node.middle = state.getUint32(stateAt.middle, true);
  }

  #placeData(at: KernelMemory, positions: Float64Array) {
    const { bins, target } = this.#data;
    const placedBins = at.uint8(bins.length);
    placedBins.set(bins);
    const placedTarget = this.#byMoments ? at.float64(target.length) : at.uint32(target.length);
    placedTarget.set(target);
    const placedPositions = at.float64(positions.length);
    placedPositions.set(positions);
    return {
      bins: placedBins.byteOffset,
      target: placedTarget.byteOffset,
      positions: placedPositions.byteOffset,
    };
  }

  #setWords(words: Partial<Record<keyof typeof stateAt, number>>): void {
    for (const [field, value] of Object.entries(words)) {
      this.#state.setUint32(stateAt[field as keyof typeof stateAt], value, true);
    }
  }
}

/** The memory may hold what the forest before has left. */
function zeros<Values extends { fill(value: number): Values }>(values: Values): Values {
  return values.fill(0);
}
