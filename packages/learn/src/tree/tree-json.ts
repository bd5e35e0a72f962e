// An ensemble in a model's JSON: the trees' arrays end to end, packed, and read again on no trust.

import { LearnError } from '../errors.ts';
import {
  packFloat32,
  packFloat64,
  packInt32,
  packUint8,
  packUint32,
  unpackFloat32,
  unpackFloat64,
  unpackInt32,
  unpackUint8,
  unpackUint32,
} from '../model-json/packed-array.ts';
import { integer, invalidField, record } from '../model-json/read-fields.ts';
import { checkTree } from './check-tree.ts';
import type { Tree, TreeEnsemble } from './tree.ts';

const maxTrees = 2 ** 20;
const maxOutputs = 2 ** 16;
const maxColumns = 2 ** 24;
/** The most leaf values of a whole ensemble: one gigabyte of them. */
const maxValues = 2 ** 28;

// Engines hold texts of a little more than half a billion characters, and base64 makes four characters
// of three bytes.
const maxCharacters = 5e8;
const charactersOfNode = (33 * 4) / 3;
const charactersOfValue = (4 * 4) / 3;

export interface TreeEnsembleJson {
  readonly [field: string]: unknown;
}

/** @throws LearnError MODEL_TOO_LARGE for trees that no text can hold. */
export function ensembleToJson(ensemble: TreeEnsemble): TreeEnsembleJson {
  const { trees, columnCount, outputCount, baseScore } = ensemble;
  checkSize(trees);
  const floats = (field: 'threshold' | 'value' | 'cover' | 'gain') =>
    packFloat32(joinedFloats(trees.map((tree) => tree[field])));
  const integers = (field: 'feature' | 'left' | 'right' | 'categoryStart' | 'categoryWords') =>
    packInt32(joinedIntegers(trees.map((tree) => tree[field])));
  return {
    columnCount,
    outputCount,
    valueCount: trees[0]?.valueCount ?? 1,
    baseScore: packFloat64(baseScore),
    nodeCounts: packUint32(Uint32Array.from(trees, (tree) => tree.feature.length)),
    setLengths: packUint32(Uint32Array.from(trees, (tree) => tree.categorySets.length)),
    feature: integers('feature'),
    threshold: floats('threshold'),
    left: integers('left'),
    right: integers('right'),
    missingLeft: packUint8(joinedBytes(trees.map((tree) => tree.missingLeft))),
    categoryStart: integers('categoryStart'),
    categoryWords: integers('categoryWords'),
    categorySets: packUint32(joinedWords(trees.map((tree) => tree.categorySets))),
    value: floats('value'),
    cover: floats('cover'),
    gain: floats('gain'),
  };
}

function checkSize(trees: readonly Tree[]): void {
  const nodeCount = trees.reduce((count, tree) => count + tree.feature.length, 0);
  const valueCount = trees.reduce((count, tree) => count + tree.value.length, 0);
  if (nodeCount * charactersOfNode + valueCount * charactersOfValue <= maxCharacters) return;
  throw new LearnError(
    'MODEL_TOO_LARGE',
    `the model's trees have ${nodeCount} nodes with ${valueCount} values, which is more than a model ` +
      'file can hold; train with a smaller maxDepth, a larger minSamplesLeaf, or fewer trees',
  );
}

/** @throws LearnError MODEL_INVALID naming the field that is wrong. */
export function readEnsemble(value: unknown): TreeEnsemble {
  const json = record(value, "'ensemble'");
  const columnCount = integer(json.columnCount, "'columnCount'", { min: 1, max: maxColumns });
  const outputCount = integer(json.outputCount, "'outputCount'", { min: 1, max: maxOutputs });
  const baseScore = unpackFloat64(json.baseScore, "'baseScore'", { length: outputCount });
  const trees = readTrees(json, outputCount);
  trees.forEach((tree, index) => {
    checkTree(tree, index, columnCount);
  });
  return { columnCount, outputCount, baseScore, trees };
}

function readTrees(json: Readonly<Record<string, unknown>>, outputCount: number): Tree[] {
  const valueCount = integer(json.valueCount, "'valueCount'", { min: 1, max: outputCount });
  if (valueCount !== 1 && valueCount !== outputCount) {
    throw invalidField(`'valueCount' is ${valueCount}, and neither 1 nor ${outputCount}`);
  }
  const counts = unpackUint32(json.nodeCounts, "'nodeCounts'", { maxLength: maxTrees });
  const setLengths = unpackUint32(json.setLengths, "'setLengths'", { length: counts.length });
  if (counts.includes(0)) throw invalidField("'nodeCounts' has a tree without nodes");
  const length = sum(counts);
  const values = { length: length * valueCount, maxLength: maxValues };
  const sets = { length: sum(setLengths) };
  const all = {
    feature: unpackInt32(json.feature, "'feature'", { length }),
    threshold: unpackFloat32(json.threshold, "'threshold'", { length, notFinite: true }),
    left: unpackInt32(json.left, "'left'", { length }),
    right: unpackInt32(json.right, "'right'", { length }),
    missingLeft: unpackUint8(json.missingLeft, "'missingLeft'", { length }),
    categoryStart: unpackInt32(json.categoryStart, "'categoryStart'", { length }),
    categoryWords: unpackInt32(json.categoryWords, "'categoryWords'", { length }),
    categorySets: unpackUint32(json.categorySets, "'categorySets'", sets),
    value: unpackFloat32(json.value, "'value'", values),
    cover: unpackFloat32(json.cover, "'cover'", { length }),
    gain: unpackFloat32(json.gain, "'gain'", { length }),
  };
  return cut(all, valueCount, counts, setLengths);
}

/** The trees as views into the joined arrays. */
function cut(
  all: Omit<Tree, 'valueCount'>,
  valueCount: number,
  counts: Uint32Array,
  setLengths: Uint32Array,
): Tree[] {
  let end = 0;
  let setEnd = 0;
  return Array.from(counts, (count, t) => {
    const from = end;
    const setFrom = setEnd;
    end += count;
    setEnd += setLengths[t];
    return {
      feature: all.feature.subarray(from, end),
      threshold: all.threshold.subarray(from, end),
      left: all.left.subarray(from, end),
      right: all.right.subarray(from, end),
      missingLeft: all.missingLeft.subarray(from, end),
      categoryStart: all.categoryStart.subarray(from, end),
      categoryWords: all.categoryWords.subarray(from, end),
      categorySets: all.categorySets.subarray(setFrom, setEnd),
      value: all.value.subarray(from * valueCount, end * valueCount),
      valueCount,
      cover: all.cover.subarray(from, end),
      gain: all.gain.subarray(from, end),
    };
  });
}

function sum(counts: Uint32Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

function lengthOf(parts: readonly ArrayLike<number>[]): number {
  return parts.reduce((total, part) => total + part.length, 0);
}

interface Settable<Part> {
  set(part: Part, offset: number): void;
}

function fill<Part extends ArrayLike<number>, Whole extends Settable<Part>>(
  whole: Whole,
  parts: readonly Part[],
): Whole {
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function joinedFloats(parts: readonly Float32Array[]): Float32Array {
  return fill(new Float32Array(lengthOf(parts)), parts);
}
function joinedIntegers(parts: readonly Int32Array[]): Int32Array {
  return fill(new Int32Array(lengthOf(parts)), parts);
}
function joinedWords(parts: readonly Uint32Array[]): Uint32Array {
  return fill(new Uint32Array(lengthOf(parts)), parts);
}
function joinedBytes(parts: readonly Uint8Array[]): Uint8Array {
  return fill(new Uint8Array(lengthOf(parts)), parts);
}
