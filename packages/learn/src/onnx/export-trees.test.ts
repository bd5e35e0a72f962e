// Any tree routes any row alike in ONNX: missing values, codes never seen, values at and beside the
// threshold, infinite thresholds, sets of codes on either side.
import { numberColumn, Table } from '@ridgeline/tabular';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runOnnx } from '../../test/run-onnx.ts';
import { CategoricalEncoding } from '../encode/categorical-encoding.ts';
import { FittedTableEncoder } from '../encode/fitted-table-encoder.ts';
import { NumericEncoding } from '../encode/numeric-encoding.ts';
import { TabularModel } from '../tabular-model/tabular-model.ts';
import { FittedTreeRegressor } from '../tree/fitted-tree-models.ts';
import type { Tree } from '../tree/tree.ts';

const levelCount = 70;
const levels = Array.from({ length: levelCount }, (_, i) => i * 3);
const interesting = [0, -0, 1, 0.1, Math.fround(0.1), 1e-45, 3.4e38, 1e300, -1e300, 16777217];
const value = fc.oneof(
  fc.constantFrom(...interesting),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const threshold = fc.oneof(value.map(Math.fround), fc.constantFrom(Infinity, -Infinity));

interface Leaf {
  readonly value: number;
}
interface Split {
  readonly threshold: number;
  readonly codes: readonly number[] | null;
  readonly missingLeft: boolean;
  readonly left: Node;
  readonly right: Node;
}
type Node = Leaf | Split;

const leaf = fc.integer({ min: -1000, max: 1000 }).map((whole): Leaf => ({ value: whole / 8 }));
const codes = fc.oneof(
  fc.uniqueArray(fc.nat({ max: levelCount - 1 }), { maxLength: 6 }),
  fc.subarray([...levels.keys()], { minLength: levelCount - 4 }),
);
const { node } = fc.letrec<{ node: Node; split: Split }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, leaf, tie('split')),
  split: fc.record({
    threshold,
    codes: fc.option(codes),
    missingLeft: fc.boolean(),
    left: tie('node'),
    right: tie('node'),
  }),
}));

/** Column 0 is numeric, column 1 categorical. */
function treeOf(root: Node): Tree {
  const nodes: Node[] = [root];
  const left: number[] = [];
  const right: number[] = [];
  const sets: number[] = [];
  const starts: number[] = [];
  for (let i = 0; i < nodes.length; i++) {
    const at = nodes[i];
    left.push('value' in at ? 0 : nodes.push(at.left) - 1);
    right.push('value' in at ? 0 : nodes.push(at.right) - 1);
    starts.push('value' in at || at.codes === null ? -1 : sets.length);
    if ('value' in at || at.codes === null) continue;
    const words = new Uint32Array(3);
    for (const code of at.codes) words[code >>> 5] |= 1 << (code & 31);
    sets.push(...words);
  }
  const count = nodes.length;
  const isLeaf = (at: Node): at is Leaf => 'value' in at;
  return {
    feature: Int32Array.from(nodes, (at) => (isLeaf(at) ? -1 : at.codes === null ? 0 : 1)),
    threshold: Float32Array.from(nodes, (at) => (isLeaf(at) || at.codes ? 0 : at.threshold)),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    missingLeft: Uint8Array.from(nodes, (at) => (isLeaf(at) ? 0 : Number(at.missingLeft))),
    categoryStart: Int32Array.from(starts),
    categoryWords: Int32Array.from(starts, (start) => (start < 0 ? 0 : 3)),
    categorySets: Uint32Array.from(sets),
    value: Float32Array.from(nodes, (at) => (isLeaf(at) ? at.value : 0)),
    valueCount: 1,
    cover: new Float32Array(count),
    gain: new Float32Array(count),
  };
}

it('a tree of any splits', async () => {
  const encoder = new FittedTableEncoder(
    [
      new NumericEncoding({ name: 'x', type: 'double', required: false }),
      new CategoricalEncoding({ name: 'c', type: 'double', required: false }, levels, false),
    ],
    [],
  );
  const row = fc.tuple(fc.option(value), fc.option(fc.nat({ max: levelCount * 3 })));
  await fc.assert(
    fc.asyncProperty(
      fc.array(node, { minLength: 1, maxLength: 3 }),
      fc.array(row, { minLength: 1, maxLength: 40 }),
      async (roots, rows) => {
        const ensemble = {
          columnCount: 2,
          outputCount: 1,
          baseScore: Float64Array.of(0.5),
          trees: roots.map(treeOf),
        };
        const fields = { estimator: 'Trees', parameters: {}, ensemble, link: 'identity' } as const;
        const model = new FittedTreeRegressor(fields);
        const thresholds = ensemble.trees
          .flatMap((tree) => [...tree.threshold])
          .filter(Number.isFinite);
        const xs = [...rows.map(([x]) => x ?? Number.NaN), ...thresholds];
        const cs = xs.map((_, i) => rows[i]?.[1] ?? Number.NaN);
        const table = Table.fromColumns([
          numberColumn('x', 'double', Float64Array.from(xs)),
          numberColumn('c', 'double', Float64Array.from(cs)),
        ]);
        const whole = new TabularModel({ targetName: 'y', targetType: 'double', encoder, model });
        const outputs = await runOnnx(whole, table);
        expect(outputs.get('variable')).toEqual([...model.predict(encoder.transform(table))]);
      },
    ),
    { numRuns: 150 },
  );
});
