// Trees as the smallest ONNX file that computes them: one TreeEnsembleRegressor over one matrix of
// float32, as converters of other libraries write it. Numeric splits only.

import type { TreeEnsemble } from '@ridgeline/learn';

type Field = readonly [number, number | string | Uint8Array];

/** A protobuf message: numbers as varints, texts and messages with their length before them. */
function message(...fields: readonly Field[]): Uint8Array {
  return messageOf(fields);
}

function messageOf(fields: readonly Field[]): Uint8Array {
  const bytes: number[] = [];
  for (const [number, value] of fields) {
    if (typeof value === 'number') {
      bytes.push(...varint(number << 3), ...varint(value));
      continue;
    }
    const body = typeof value === 'string' ? new TextEncoder().encode(value) : value;
    bytes.push(...varint((number << 3) | 2), ...varint(body.length));
    for (const byte of body) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return [...bytes, rest];
}

const integers = (name: string, values: readonly number[]) =>
  message([1, name], [8, Uint8Array.from(values.flatMap(varint))], [20, 7]);
const floats = (name: string, values: readonly number[]) =>
  message([1, name], [7, new Uint8Array(Float32Array.from(values).buffer)], [20, 6]);
const texts = (name: string, values: readonly string[]) =>
  messageOf([[1, name], ...values.map((value): Field => [9, value]), [20, 8]]);

function matrix(name: string, columns: number): Uint8Array {
  const shape = message([1, message([2, 'rows'])], [1, message([1, columns])]);
  return message([1, name], [2, message([1, message([1, 1], [2, shape])])]);
}

/** @throws Error for categorical splits and more than one output. */
export function plainOnnx({ trees, baseScore, columnCount, outputCount }: TreeEnsemble) {
  if (outputCount !== 1) throw new Error('one output only');
  const nodes = trees.flatMap((tree, t) =>
    Array.from(tree.feature, (_, node) => ({ tree, t, node })),
  );
  if (nodes.some(({ tree, node }) => tree.categoryStart[node] >= 0))
    throw new Error('numbers only');
  const leaves = nodes.filter(({ tree, node }) => tree.feature[node] < 0);
  const isInner = ({ tree, node }: (typeof nodes)[number]) => tree.feature[node] >= 0;
  const attributes = [
    integers(
      'nodes_treeids',
      nodes.map(({ t }) => t),
    ),
    integers(
      'nodes_nodeids',
      nodes.map(({ node }) => node),
    ),
    integers(
      'nodes_featureids',
      nodes.map(({ tree, node }) => Math.max(0, tree.feature[node])),
    ),
    floats(
      'nodes_values',
      nodes.map(({ tree, node }) => tree.threshold[node]),
    ),
    texts(
      'nodes_modes',
      nodes.map((each) => (isInner(each) ? 'BRANCH_LEQ' : 'LEAF')),
    ),
    integers(
      'nodes_truenodeids',
      nodes.map(({ tree, node }) => Math.max(0, tree.left[node])),
    ),
    integers(
      'nodes_falsenodeids',
      nodes.map(({ tree, node }) => Math.max(0, tree.right[node])),
    ),
    integers(
      'nodes_missing_value_tracks_true',
      nodes.map(({ tree, node }) => tree.missingLeft[node]),
    ),
    integers(
      'target_treeids',
      leaves.map(({ t }) => t),
    ),
    integers(
      'target_nodeids',
      leaves.map(({ node }) => node),
    ),
    integers(
      'target_ids',
      leaves.map(() => 0),
    ),
    floats(
      'target_weights',
      leaves.map(({ tree, node }) => tree.value[node]),
    ),
    floats('base_values', [...baseScore]),
    message([1, 'n_targets'], [3, 1], [20, 2]),
  ];
  const node = message(
    ...([
      [1, 'x'],
      [2, 'score'],
      [4, 'TreeEnsembleRegressor'],
    ] as const),
    ...attributes.map((attribute): Field => [5, attribute]),
    [7, 'ai.onnx.ml'],
  );
  const graph = message(
    [1, node],
    [2, 'trees'],
    [11, matrix('x', columnCount)],
    [12, matrix('score', 1)],
  );
  const opsets: Field[] = [
    [8, message([1, ''], [2, 17])],
    [8, message([1, 'ai.onnx.ml'], [2, 3])],
  ];
  return message([1, 8], [7, graph], ...opsets);
}
