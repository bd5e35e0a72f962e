// The port between growing a tree and searching for splits. Two adapters: TypeScript, which is the
// meaning and the fallback, and the compiled kernels, which give the same bits.

/** What a visit found of a node. One object, reused by the next visit. */
export interface VisitedNode {
  /** Sum of the weights of the node's rows. */
  weight: number;
  /** Mean target a node, or share of each class: `outputCount` values. */
  readonly values: Float64Array;
  /** The column to split, or -1 where the node stays a leaf. */
  column: number;
  /** Rows in bins up to this one go left. */
  bin: number;
  /** The next bin of the node's rows: the threshold lies between the two. `missingBin`: none. */
  nextBin: number;
  /** Where a random threshold fell; NaN where the threshold is to be the middle. */
  cut: number;
  missingLeft: boolean;
  /** Decrease of the weighted impurity. */
  gain: number;
  /** First row of the right child, in the order that the visit has left. */
  middle: number;
}

export interface NodeSplitter {
  readonly node: VisitedNode;
  /**
   * Begins a tree.
   * @param bag the weight of each row in it, 0 for the rows outside.
   * @returns the number of rows inside, which take the places 0 to n - 1.
   */
  begin(bag: Float64Array, seed: number): number;
  /** Looks at the rows in places `start` to `end - 1`, and, if it splits them, puts left ones first. */
  visit(start: number, end: number, maySplit: boolean): void;
}

export function emptyNode(outputCount: number): VisitedNode {
  return {
    weight: 0,
    values: new Float64Array(outputCount),
    column: -1,
    bin: 0,
    nextBin: 0,
    cut: Number.NaN,
    missingLeft: false,
    gain: 0,
    middle: 0,
  };
}
