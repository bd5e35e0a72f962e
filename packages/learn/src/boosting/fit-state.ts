// All that one fit holds in the kernels' memory, with the steps of a round as calls. The order of the
// steps is the loop's.

import { LearnError } from '../errors.ts';
import type { KernelMemory } from '../kernels/kernel-memory.ts';
import type { Loss } from '../loss/loss.ts';
import { borrowSite, type KernelSite, returnSite } from './boosting-kernels.ts';
import type { BoostingOptions } from './boosting-loop.ts';
import type { BoostingParameters } from './boosting-parameters.ts';
import { Crew } from './crew.ts';
import { SplitFinder } from './find-split.ts';
import { type BinnedRows, fillBins, rowCountOf, taken } from './fit-data.ts';
import { GradientPacker } from './gradient-packer.ts';
import { Histograms } from './histograms.ts';
import { type FitLayout, type FitShape, layOut } from './layout.ts';
import { LeafRows } from './leaf-rows.ts';
import { RowSampler, type Shard, shardsOf } from './row-sampler.ts';
import { type GrownTree, TreeGrower } from './tree-grower.ts';

export class FitState {
  readonly baseScore: Float64Array;
  readonly columnCount: number;
  readonly watchedCount: number;
  readonly #loss: Loss;
  readonly #site: KernelSite;
  readonly #crew: Crew;
  readonly #layout: FitLayout;
  readonly #origin: number;
  readonly #watchedTarget: Float64Array;
  readonly #watchedWeights: Float64Array | null;
  readonly #packer: GradientPacker;
  readonly #sampler: RowSampler;
  readonly #leafRows: LeafRows;
  readonly #watchedRows: LeafRows;
  readonly #finder: SplitFinder;
  readonly #histograms: Histograms;
  readonly #grower: TreeGrower;
  #round = 0;

  constructor(given: BinnedRows, parameters: BoostingParameters, options: BoostingOptions) {
    const training = withoutWeightless(given);
    const watched = options.watched ?? null;
    const rowCount = rowCountOf(training);
    this.watchedCount = watched === null ? 0 : rowCountOf(watched);
    this.columnCount = training.binned.columnCount;
    this.#loss = options.loss;
    const target = taken(training.target, training.rows);
    const weights = training.weights && taken(training.weights, training.rows);
    const { baseScore, origin } = options.loss.start(target, weights);
    this.baseScore = baseScore;
    this.#origin = origin;
    this.#watchedTarget = this.#relative(watched && taken(watched.target, watched.rows));
    this.#watchedWeights = watched?.weights ? taken(watched.weights, watched.rows) : null;
    this.#site = borrowSite(options.backend);
    this.#crew = new Crew(this.#site, options.team, rowCount);
    const layout = layOutOrRefuse(this.#site.memory, {
      rowCount,
      watchedCount: this.watchedCount,
      features: training.binned.features,
      leafCount: Math.min(parameters.maxLeafNodes, rowCount),
      outputCount: options.loss.outputCount,
      isWeighted: weights !== null,
      shardCount: this.#crew.size,
    });
    this.#layout = layout;
    fillBins(layout, this.#site.kernels, training, watched);
    this.#fillTargets(target, weights);
    const shards = shardsOf(rowCount, this.watchedCount, this.#crew.size);
    this.#leafRows = this.#rowsOfLeaves(
      shards.map(({ first }) => first),
      layout.leafRows,
      layout.spareRows,
    );
    this.#watchedRows = this.#rowsOfLeaves(
      watchedFirsts(shards),
      layout.watchedRows,
      layout.spareWatchedRows,
    );
    this.#packer = new GradientPacker(layout, this.#crew, options.loss, shards);
    this.#sampler = new RowSampler(layout, this.#crew, parameters, shards);
    this.#finder = new SplitFinder(layout, this.#site, parameters);
    this.#histograms = new Histograms(layout, this.#crew, this.#leafRows);
    this.#grower = new TreeGrower({
      layout,
      parameters,
      histograms: this.#histograms,
      finder: this.#finder,
      leafRows: this.#leafRows,
      watchedRows: this.#watchedRows,
    });
  }

  /** Gives threads and memory back. */
  close(): void {
    this.#crew.close();
    returnSite(this.#site);
  }

  beginRound(round: number): void {
    this.#round = round;
    this.#packer.beginRound();
  }

  /** Grows a tree on the gradients of an output; null where nothing is left to learn there. */
  grow(output: number, tree: number): GrownTree | null {
    const { features } = this.#layout.shape;
    if (features.length === 0) return null;
    const scales = this.#packer.pack(output);
    if (scales === null) return null;
    const { isWhole } = this.#sampler.place(this.#round, this.#leafRows, this.#watchedRows);
    const chosen = this.#sampler.features(tree);
    this.#histograms.begin(chosen.features);
    this.#finder.begin(chosen.features, chosen.random, scales);
    return this.#grower.grow(scales, isWhole);
  }

  /** Adds leaves' values to the scores of all rows, those that only followed included. */
  addValues(output: number, values: Float32Array): void {
    const { scores, scoreStride, leafValues } = this.#layout;
    leafValues.set(values);
    const address = scores.byteOffset + 4 * output * scoreStride;
    for (const rows of [this.#leafRows, this.#watchedRows]) {
      rows.addValues(address, leafValues.byteOffset, values.length);
    }
  }

  /** Target less score of the leaf's rows, for losses of one output. */
  residualsOf(leaf: number): {
    readonly residuals: Float64Array;
    readonly weights: Float64Array | null;
  } {
    const { scores, targets, weights } = this.#layout;
    const rows = this.#leafRows.of(leaf);
    const residuals = Float64Array.from(rows, (row) => targets[row] - scores[row]);
    return { residuals, weights: weights && Float64Array.from(rows, (row) => weights[row]) };
  }

  /** Mean loss of the watched rows. */
  watchedLoss(): number {
    const { scores, scoreStride, shape } = this.#layout;
    const weights = this.#watchedWeights;
    let sum = 0;
    let total = 0;
    for (let i = 0; i < this.watchedCount; i++) {
      const weight = weights === null ? 1 : weights[i];
      const target = this.#watchedTarget[i];
      sum += weight * this.#loss.ofRow(scores, shape.rowCount + i, scoreStride, target);
      total += weight;
    }
    return sum / total;
  }

  /** Raw scores of the watched rows, `outputCount` a row. */
  watchedScores(): Float64Array {
    const { scores, scoreStride, shape } = this.#layout;
    const { outputCount, rowCount } = shape;
    const all = new Float64Array(this.watchedCount * outputCount);
    for (let i = 0; i < this.watchedCount; i++) {
      for (let k = 0; k < outputCount; k++) {
        all[i * outputCount + k] = scores[k * scoreStride + rowCount + i] + this.#origin;
      }
    }
    return all;
  }

  #fillTargets(target: Float64Array, weights: Float64Array | null): void {
    const { targets, scores, scoreStride } = this.#layout;
    // What lies behind the last row is packed with the last four and must not be left to chance.
    targets.fill(0);
    targets.set(this.#relative(target));
    checkFloats('the target', targets);
    const weightsInMemory = this.#layout.weights;
    if (weightsInMemory !== null && weights !== null) {
      weightsInMemory.fill(0);
      weightsInMemory.set(weights);
      checkFloats('sampleWeight', weightsInMemory);
    }
    this.baseScore.forEach((base, k) => {
      scores.fill(base - this.#origin, k * scoreStride, (k + 1) * scoreStride);
    });
  }

  #relative(target: Float64Array | null): Float64Array {
    return (target ?? new Float64Array(0)).map((value) => value - this.#origin);
  }

  #rowsOfLeaves(firsts: readonly number[], rows: Uint32Array, spare: number): LeafRows {
    const { leafCount } = this.#layout.shape;
    return new LeafRows(this.#site.memory, this.#crew, { rows, spare, firsts, leafCount });
  }
}

function checkFloats(what: string, values: Float32Array): void {
  if (values.every(Number.isFinite)) return;
  throw new LearnError(
    'DATA_OUT_OF_RANGE',
    `${what} has a value beyond 3.4e38 (of a target: less its mean), which boosting cannot hold; ` +
      'divide it by a power of ten',
  );
}

/** @throws LearnError DATA_OUT_OF_RANGE beyond the 4 GiB that kernels can address. */
function layOutOrRefuse(memory: KernelMemory, shape: FitShape): FitLayout {
  try {
    return layOut(memory, shape);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new LearnError(
      'DATA_OUT_OF_RANGE',
      `${shape.rowCount} rows and ${shape.features.length} columns need more memory than boosting has ` +
        '(4 GiB, or what the machine can give); train on a sample of the rows, or on fewer columns',
      { cause: error },
    );
  }
}

/** A row without weight has no say at all, not even in the number of a leaf's rows. */
function withoutWeightless(given: BinnedRows): BinnedRows {
  const { weights, binned } = given;
  if (weights === null) return given;
  const rows = given.rows ?? Int32Array.from({ length: binned.rowCount }, (_, i) => i);
  const weighing = rows.filter((row) => weights[row] > 0);
  const isEven = weighing.every((row) => weights[row] === 1);
  const isAll = weighing.length === binned.rowCount && given.rows === null;
  return { ...given, rows: isAll ? null : weighing, weights: isEven ? null : weights };
}

// A shard's watched rows come after room for its training rows, which follow when they are not drawn.
function watchedFirsts(shards: readonly Shard[]): readonly number[] {
  let next = 0;
  return shards.map(({ count, watchedCount }) => {
    const first = next;
    next += count + watchedCount;
    return first;
  });
}
