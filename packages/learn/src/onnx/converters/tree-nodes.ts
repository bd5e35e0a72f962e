// An ensemble of trees as the attributes of ONNX's TreeEnsembleRegressor. A categorical split becomes
// a chain of equalities that share one child, the form that runtimes know from LightGBM's exports.

import type { Tree, TreeEnsemble } from '../../tree/tree.ts';
import { type Attributes, int, ints, tensor, text, texts } from '../attribute.ts';
import { NotExpressible } from '../export-context.ts';
import type { GraphColumn } from '../graph-features.ts';
import { doubles } from '../tensor.ts';

/** A split by thousands of categories is as many nodes; beyond this the file would be no use. */
const maxNodes = 2 ** 22;

/** The nodes of all trees, one entry a node in each list. */
class NodeLists {
  readonly treeIds: number[] = [];
  readonly nodeIds: number[] = [];
  readonly features: number[] = [];
  readonly modes: string[] = [];
  readonly values: number[] = [];
  readonly trueIds: number[] = [];
  readonly falseIds: number[] = [];
  readonly missingTrue: number[] = [];
  readonly leafTreeIds: number[] = [];
  readonly leafNodeIds: number[] = [];
  readonly leafTargets: number[] = [];
  readonly leafValues: number[] = [];
}

/** The sum over the trees, without the base score, whose float would lose digits. */
export function treeAttributes(
  { trees, outputCount }: TreeEnsemble,
  columns: readonly GraphColumn[],
): Attributes {
  const lists = new NodeLists();
  trees.forEach((tree, t) => {
    const levelCounts = columns.map(({ levelCount }) => levelCount);
    new TreeWriter(lists, tree, t, outputCount, levelCounts).write();
  });
  return {
    n_targets: int(outputCount),
    aggregate_function: text('SUM'),
    post_transform: text('NONE'),
    nodes_treeids: ints(lists.treeIds),
    nodes_nodeids: ints(lists.nodeIds),
    nodes_featureids: ints(lists.features),
    nodes_modes: texts(lists.modes),
    nodes_values_as_tensor: tensor(doubles(lists.values)),
    nodes_truenodeids: ints(lists.trueIds),
    nodes_falsenodeids: ints(lists.falseIds),
    nodes_missing_value_tracks_true: ints(lists.missingTrue),
    target_treeids: ints(lists.leafTreeIds),
    target_nodeids: ints(lists.leafNodeIds),
    target_ids: ints(lists.leafTargets),
    target_weights_as_tensor: tensor(doubles(lists.leafValues)),
  };
}

class TreeWriter {
  readonly #lists: NodeLists;
  readonly #tree: Tree;
  readonly #treeId: number;
  readonly #outputCount: number;
  readonly #levelCounts: readonly number[];
  /** Nodes of chains get ids after those of the tree itself. */
  #nextId: number;

  constructor(
    lists: NodeLists,
    tree: Tree,
    treeId: number,
    outputCount: number,
    levelCounts: readonly number[],
  ) {
    this.#lists = lists;
    this.#tree = tree;
    this.#treeId = treeId;
    this.#outputCount = outputCount;
    this.#levelCounts = levelCounts;
    this.#nextId = tree.feature.length;
  }

  write(): void {
    const { feature, categoryStart } = this.#tree;
    for (let node = 0; node < feature.length; node++) {
      if (feature[node] < 0) this.#leaf(node);
      else if (categoryStart[node] < 0) this.#numericSplit(node);
      else this.#categoricalSplit(node);
    }
  }

  #numericSplit(node: number): void {
    const { threshold, left, right, missingLeft } = this.#tree;
    this.#add(
      node,
      node,
      'BRANCH_LEQ',
      threshold[node],
      left[node],
      right[node],
      missingLeft[node],
    );
  }

  #leaf(node: number): void {
    const { value, valueCount } = this.#tree;
    this.#add(node, node, 'LEAF', 0, 0, 0, 0);
    for (let k = 0; k < valueCount; k++) {
      const lists = this.#lists;
      lists.leafTreeIds.push(this.#treeId);
      lists.leafNodeIds.push(node);
      lists.leafTargets.push(valueCount === 1 ? this.#treeId % this.#outputCount : k);
      lists.leafValues.push(value[node * valueCount + k]);
    }
  }

  /** Equalities with the codes of the smaller side; what is equal to none goes to the other. */
  #categoricalSplit(node: number): void {
    const { left, right, missingLeft, feature } = this.#tree;
    const inside = this.#codesLeft(node);
    const outside = complement(inside, this.#levelCounts[feature[node]] ?? 0);
    const turned = outside !== null && outside.length > 0 && outside.length < inside.length;
    const codes = turned ? outside : inside;
    const found = turned ? right[node] : left[node];
    const other = turned ? left[node] : right[node];
    const missingFound = turned ? 1 - missingLeft[node] : missingLeft[node];
    // No code at all goes left: an equality that no code fulfils keeps the way of missing values.
    const chain = codes.length === 0 ? [-1] : codes;
    chain.forEach((code, i) => {
      const id = i === 0 ? node : this.#nextId++;
      const next = i === chain.length - 1 ? other : this.#nextId;
      this.#add(node, id, 'BRANCH_EQ', code, found, next, missingFound);
    });
  }

  #codesLeft(node: number): number[] {
    const { categoryStart, categoryWords, categorySets } = this.#tree;
    const codes: number[] = [];
    for (let code = 0; code < categoryWords[node] * 32; code++) {
      const word = categorySets[categoryStart[node] + (code >>> 5)];
      if (((word >>> (code & 31)) & 1) === 1) codes.push(code);
    }
    return codes;
  }

  /** @throws NotExpressible beyond `maxNodes`. */
  #add(
    node: number,
    id: number,
    mode: string,
    value: number,
    trueId: number,
    falseId: number,
    missingTrue: number,
  ): void {
    const lists = this.#lists;
    if (lists.nodeIds.length >= maxNodes) {
      throw new NotExpressible(
        `its trees need more than ${maxNodes} nodes in ONNX, which splits by one category at a time`,
      );
    }
    lists.treeIds.push(this.#treeId);
    lists.nodeIds.push(id);
    lists.features.push(Math.max(0, this.#tree.feature[node]));
    lists.modes.push(mode);
    lists.values.push(value);
    lists.trueIds.push(trueId);
    lists.falseIds.push(falseId);
    lists.missingTrue.push(missingTrue);
  }
}

/** The codes of the column that are not in the set, or null where the column has no known levels. */
function complement(codes: readonly number[], levelCount: number): number[] | null {
  if (levelCount === 0) return null;
  const set = new Set(codes);
  return Array.from({ length: levelCount }, (_, code) => code).filter((code) => !set.has(code));
}
