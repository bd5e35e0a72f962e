// Grows one tree, leaf by leaf, the one first whose split gains most. What a gradient is, and what
// becomes of the tree, is the loop's.

import type { Tree } from '../tree/tree.ts';
import type { BoostingParameters } from './boosting-parameters.ts';
import type { Scales, SplitFinder } from './find-split.ts';
import type { Histograms } from './histograms.ts';
import type { FitLayout } from './layout.ts';
import { LeafQueue } from './leaf-queue.ts';
import type { LeafRows } from './leaf-rows.ts';
import { leafStep, type Split, type Sums, without } from './split.ts';
import { TreeBuilder } from './tree-builder.ts';

interface Leaf {
  readonly id: number;
  readonly node: number;
  readonly depth: number;
  readonly rowCount: number;
  readonly total: Sums;
  /** Bounds of its value, in the loss's units. */
  readonly lowest: number;
  readonly highest: number;
  /** Address; 0 once it is given back. */
  histogram: number;
  split: Split | null;
}

type SplitLeaf = Leaf & { readonly split: Split };

export interface GrownTree {
  readonly leafCount: number;
  /** One Newton step a leaf, in the loss's units. */
  readonly steps: Float64Array;
  /** The tree with these values at its leaves. */
  build(values: ArrayLike<number>): Tree;
}

export interface GrowerParts {
  readonly layout: FitLayout;
  readonly parameters: BoostingParameters;
  readonly histograms: Histograms;
  readonly finder: SplitFinder;
  /** Rows to grow on. */
  readonly leafRows: LeafRows;
  /** Rows that follow the splits without a say in them. */
  readonly watchedRows: LeafRows;
}

export class TreeGrower {
  readonly #parts: GrowerParts;
  #tree = new TreeBuilder();
  #leaves: Leaf[] = [];
  #queue = new LeafQueue<SplitLeaf>();
  #scales: Scales = { gradient: 1, hessian: 1 };

  constructor(parts: GrowerParts) {
    this.#parts = parts;
  }

  /** @param isWhole whether all training rows are in the root, none left out by sampling. */
  grow(scales: Scales, isWhole: boolean): GrownTree {
    this.#tree = new TreeBuilder();
    this.#scales = scales;
    this.#queue = new LeafQueue();
    this.#leaves = [this.#root(isWhole)];
    while (this.#leaves.length < this.#parts.parameters.maxLeafNodes) {
      const best = this.#queue.take();
      if (best === null) break;
      this.#split(best);
    }
    return this.#grown();
  }

  #root(isWhole: boolean): Leaf {
    const { histograms, leafRows, finder } = this.#parts;
    const histogram = histograms.take();
    histograms.build(0, histogram, isWhole);
    const total = finder.totalOf(histogram);
    const free = { lowest: Number.NEGATIVE_INFINITY, highest: Number.POSITIVE_INFINITY };
    const rowCount = leafRows.total(0);
    const node = this.#tree.add(total.hessian / this.#scales.hessian);
    return this.#judged({
      id: 0,
      node,
      depth: 0,
      rowCount,
      total,
      ...free,
      histogram,
      split: null,
    });
  }

  #split(parent: SplitLeaf): void {
    const { leafRows } = this.#parts;
    const right = this.#leaves.length;
    this.#partRows(parent, right);
    const sums = [parent.split.left, without(parent.total, parent.split.left)] as const;
    const bounds = this.#childBounds(parent, sums);
    const leaves = [parent.id, right].map((id, side) => ({
      ...bounds[side],
      id,
      node: this.#tree.add(sums[side].hessian / this.#scales.hessian),
      depth: parent.depth + 1,
      rowCount: leafRows.total(id),
      total: sums[side],
      histogram: 0,
      split: null,
    }));
    const [left, other] = leaves;
    const feature = this.#parts.layout.shape.features[parent.split.feature];
    const gain = this.#gainOf(parent.split);
    this.#tree.split(parent.node, [left.node, other.node], feature, parent.split, gain);
    this.#leaves[parent.id] = left;
    this.#leaves.push(other);
    this.#judgeChildren(parent, left, other);
  }

  #partRows({ id, split }: SplitLeaf, right: number): void {
    const { layout, leafRows, watchedRows } = this.#parts;
    const { realBins } = layout.shape.features[split.feature];
    layout.routes.fill(0);
    if (split.bin >= 0) layout.routes.fill(1, 0, split.bin + 1);
    for (const bin of split.leftBins) layout.routes[bin] = 1;
    layout.routes[realBins] = split.missingLeft ? 1 : 0;
    const column = layout.columns.byteOffset + split.feature * layout.columnStride;
    for (const rows of [leafRows, watchedRows]) {
      if (rows.total(id) > 0) rows.split(id, right, column, layout.routes.byteOffset);
    }
  }

  // The children's values are kept apart where the feature has a direction: neither may cross the
  // middle between them, so that no split below can turn the order round.
  #childBounds(
    { lowest, highest, split, total, rowCount, histogram }: SplitLeaf,
    [left, right]: readonly [Sums, Sums],
  ): readonly [Bounds, Bounds] {
    const { parameters, layout, finder } = this.#parts;
    const own = { lowest, highest };
    const direction = parameters.monotonicCst[layout.shape.features[split.feature].column] ?? 0;
    if (direction === 0) return [own, own];
    const terms = finder.terms({ histogram, total, rowCount, lowest, highest });
    const step = (sums: Sums) => this.#inLossUnits(leafStep(sums, terms));
    const middle = (step(left) + step(right)) / 2;
    const below = { lowest, highest: middle };
    const above = { lowest: middle, highest };
    return direction > 0 ? [below, above] : [above, below];
  }

  #judgeChildren(parent: Leaf, left: Leaf, right: Leaf): void {
    const { histograms, parameters } = this.#parts;
    const isLast = this.#leaves.length >= parameters.maxLeafNodes;
    const isDeepest = left.depth >= (parameters.maxDepth ?? Number.POSITIVE_INFINITY);
    if (isLast || isDeepest || !(this.#canSplit(left) || this.#canSplit(right))) {
      if (parent.histogram !== 0) histograms.giveBack(parent.histogram);
      return;
    }
    const [smaller, larger] = left.rowCount <= right.rowCount ? [left, right] : [right, left];
    smaller.histogram = histograms.take();
    histograms.build(smaller.id, smaller.histogram);
    if (parent.histogram === 0) {
      larger.histogram = histograms.take();
      histograms.build(larger.id, larger.histogram);
    } else {
      larger.histogram = parent.histogram;
      histograms.subtract(parent.histogram, smaller.histogram);
    }
    this.#judged(left);
    this.#judged(right);
  }

  #canSplit({ rowCount }: Leaf): boolean {
    return (
      rowCount >= 2 && (rowCount >= 2 * this.#parts.parameters.minSamplesLeaf || !this.#areCounts)
    );
  }

  // Where rows weigh differently, what a leaf needs is judged by its share of the hessians.
  get #areCounts(): boolean {
    return this.#parts.layout.weights === null;
  }

  /** Finds the leaf's split, and gives its histogram back where no split will need it. */
  #judged(leaf: Leaf): Leaf {
    const { histograms, finder } = this.#parts;
    if (this.#canSplit(leaf)) leaf.split = finder.find(leaf);
    if (hasSplit(leaf)) this.#queue.add(leaf);
    if (leaf.histogram !== 0 && (leaf.split === null || !histograms.canKeep)) {
      histograms.giveBack(leaf.histogram);
      leaf.histogram = 0;
    }
    return leaf;
  }

  #grown(): GrownTree {
    const leaves = this.#leaves;
    const tree = this.#tree;
    const { finder } = this.#parts;
    const steps = Float64Array.from(leaves, (leaf) =>
      this.#inLossUnits(leafStep(leaf.total, finder.terms(leaf))),
    );
    const build = (values: ArrayLike<number>) => {
      leaves.forEach(({ node }, i) => {
        tree.setValue(node, values[i]);
      });
      return tree.build();
    };
    return { leafCount: leaves.length, steps, build };
  }

  #inLossUnits(step: number): number {
    return (step * this.#scales.hessian) / this.#scales.gradient;
  }

  #gainOf({ gain }: Split): number {
    return (gain / this.#scales.gradient / this.#scales.gradient) * this.#scales.hessian;
  }
}

interface Bounds {
  readonly lowest: number;
  readonly highest: number;
}

function hasSplit(leaf: Leaf): leaf is SplitLeaf {
  return leaf.split !== null;
}
