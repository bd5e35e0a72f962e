// What the search for a split needs to know of a kind of target.

import type { BestSplit } from './best-split.ts';
import type { VisitedNode } from './node-splitter.ts';

export interface TargetStatistics {
  /** The best split offered since the node was entered. */
  readonly best: BestSplit;
  /** Begins a tree; `weights` holds one a row, 0 outside the bag. */
  begin(weights: Float64Array): void;
  /** Sums up a node and writes its weight and values; false where it is pure. */
  enter(rows: Uint32Array, start: number, end: number, node: VisitedNode): boolean;
  /** Offers every split of the node between two bins of `column`. */
  tryAll(rows: Uint32Array, start: number, end: number, column: number): void;
  /** Offers the one split of the node after `bin` of `column`. */
  tryBin(
    rows: Uint32Array,
    start: number,
    end: number,
    column: number,
    bin: number,
    nextBin: number,
  ): void;
  /** The decrease of the impurity by the best split. */
  gain(): number;
}
