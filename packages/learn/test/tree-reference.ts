// The recorded trees and forests of other libraries, and their values, as our types.

import { readFileSync } from 'node:fs';
import { FeatureMatrix } from '../src/matrix/feature-matrix.ts';
import type { Tree, TreeEnsemble } from '../src/tree/tree.ts';

interface RecordedTree {
  readonly feature: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly missingLeft: number[];
  /** The categories of a node that go left; null where it splits by a threshold. */
  readonly sets: (number[] | null)[];
  readonly value: number[][];
  readonly cover: number[];
}

export interface TreeCase {
  readonly name: string;
  readonly link: 'identity' | 'mean';
  readonly outputCount: number;
  readonly baseScore: number[];
  readonly trees: RecordedTree[];
  /** Null is missing. */
  readonly x: (number | null)[][];
  readonly baseValues: number[];
  /** A row of `columnCount * outputCount` values a row of x. */
  readonly shap: number[][];
  readonly raw: number[][];
}

export interface SingleTreeCase {
  readonly estimator: 'DecisionTreeRegressor' | 'DecisionTreeClassifier';
  readonly parameters: Readonly<Record<string, number | string>>;
  readonly x: number[][];
  readonly y: number[];
  readonly weight: number[];
  readonly predictions: number[][];
  readonly importances: number[];
}

export interface ForestScore {
  readonly data: string;
  readonly estimator: string;
  readonly metric: 'rmse' | 'accuracy' | 'log_loss';
  readonly mean: number;
  /** Over seeds. */
  readonly deviation: number;
}

export const { cases: treeCases, single: singleTreeCases } = read<{
  cases: TreeCase[];
  single: SingleTreeCase[];
}>('trees');

export function forestReference() {
  return read<{ data: Record<string, { x: number[][]; y: number[] }>; cases: ForestScore[] }>(
    'forests',
  );
}

function read<Content>(name: string): Content {
  const url = new URL(`../testdata/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as Content;
}

export function ensembleOfCase({ trees, outputCount, baseScore, x }: TreeCase): TreeEnsemble {
  return {
    columnCount: x[0].length,
    outputCount,
    baseScore: Float64Array.from(baseScore),
    trees: trees.map(treeOf),
  };
}

export function featuresOfCase({ x }: Pick<TreeCase, 'x'>): FeatureMatrix {
  const columns = x[0].map((_, j) => {
    const values = Float64Array.from(x, (row) => row[j] ?? Number.NaN);
    return { kind: 'numeric', name: `x${j}`, values } as const;
  });
  return new FeatureMatrix(columns);
}

function treeOf(recorded: RecordedTree): Tree {
  const valueCount = recorded.value[0].length;
  const words: number[] = [];
  const categoryStart = recorded.sets.map((codes) => {
    if (codes === null) return -1;
    const start = words.length;
    words.push(0);
    for (const code of codes) words[start] = (words[start] | (1 << code)) >>> 0;
    return start;
  });
  return {
    feature: Int32Array.from(recorded.feature),
    threshold: Float32Array.from(recorded.threshold),
    left: Int32Array.from(recorded.left),
    right: Int32Array.from(recorded.right),
    missingLeft: Uint8Array.from(recorded.missingLeft),
    categoryStart: Int32Array.from(categoryStart),
    categoryWords: Int32Array.from(categoryStart, (start) => (start < 0 ? 0 : 1)),
    categorySets: Uint32Array.from(words),
    value: Float32Array.from(recorded.value.flat()),
    valueCount,
    cover: Float32Array.from(recorded.cover),
    gain: new Float32Array(recorded.feature.length),
  };
}
