// One decision tree as flat arrays: what growers make, and predictors, explanations and model files
// read. Features are compared as float32, so that every reader routes a row alike.

/**
 * Node 0 is the root; children come after their parent. At an inner node a row goes left when
 * `fround(x) <= threshold` (numeric), when its code is in the node's set (categorical), or, where its
 * value is missing or a code never seen, when `missingLeft` is 1.
 */
export interface Tree {
  /** Column index a node; -1 at a leaf. */
  readonly feature: Int32Array;
  /** Of numeric splits; 0 elsewhere. */
  readonly threshold: Float32Array;
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly missingLeft: Uint8Array;
  /** Index into `categorySets` where the node's set begins; -1 where the split is numeric. */
  readonly categoryStart: Int32Array;
  /** Number of 32-bit words of the node's set; codes beyond it go right. */
  readonly categoryWords: Int32Array;
  /** Bit `c % 32` of word `c / 32` of a node's set says that code c goes left. */
  readonly categorySets: Uint32Array;
  /** `valueCount` values a node, leaves' alone being used: node i's are at `i * valueCount`. */
  readonly value: Float32Array;
  /** 1 where a tree adds to one output, else the number of outputs (a forest's classes). */
  readonly valueCount: number;
  /** Weight (sum of hessians, or of rows) of the training rows at each node, for explanations. */
  readonly cover: Float32Array;
  /** Gain of each inner node's split, 0 or more; 0 at leaves. */
  readonly gain: Float32Array;
}

/** Trees that are summed: raw scores are `baseScore` plus every tree's values, per output. */
export interface TreeEnsemble {
  readonly columnCount: number;
  /** Number of outputs K: 1 for regression and binary scores. */
  readonly outputCount: number;
  /** K values. */
  readonly baseScore: Float64Array;
  /** Tree t adds to output `t % outputCount` where its `valueCount` is 1, else to all. */
  readonly trees: readonly Tree[];
}
