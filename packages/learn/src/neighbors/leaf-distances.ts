// Squares of distances from a query to the rows of a leaf: by the compiled kernel, or by its twin. The
// rows of one tree at a time lie in the kernel's memory, those of the last search.

import { KernelMemory } from '../kernels/kernel-memory.ts';
import { loadKernel } from '../kernels/load-kernel.ts';
import { instantiate } from '../kernels/web-assembly.ts';
import type { KdTree } from './kd-tree.ts';

/** From the first to the last place of a leaf: the squares, valid until the next call. */
export interface LeafDistances {
  /** Copy the query here before. */
  readonly query: Float64Array;
  squares(start: number, end: number): Float64Array;
}

interface NeighborKernels {
  squareDistances(points: number, query: number, rows: number, columns: number, out: number): void;
}

/** More rows than this stay out of the kernel's memory. */
const largestBytes = 2 ** 30;

const compiled = await loadKernel('neighbors');
let loaded: { readonly tree: KdTree; readonly distances: LeafDistances } | null = null;
let memory: KernelMemory | null = null;

export function leafDistances(tree: KdTree, mostRows: number): LeafDistances {
  if (compiled === null || tree.points.byteLength > largestBytes)
    return twinDistances(tree, mostRows);
  if (loaded?.tree === tree) return loaded.distances;
  memory ??= new KernelMemory();
  memory.reset();
  const { squareDistances } = instantiate<NeighborKernels>(compiled, memory.memory);
  const points = memory.float64(tree.points.length);
  points.set(tree.points);
  const query = memory.float64(tree.columnCount);
  const out = memory.float64(mostRows);
  const rowBytes = 8 * tree.columnCount;
  const distances: LeafDistances = {
    query,
    squares(start, end) {
      const first = points.byteOffset + start * rowBytes;
      squareDistances(first, query.byteOffset, end - start, tree.columnCount, out.byteOffset);
      return out;
    },
  };
  loaded = { tree, distances };
  return distances;
}

/** The kernel in TypeScript: four sums at once, and what is left over to the first. */
export function twinDistances({ points, columnCount }: KdTree, mostRows: number): LeafDistances {
  const query = new Float64Array(columnCount);
  const out = new Float64Array(mostRows);
  return {
    query,
    squares(start, end) {
      for (let place = start; place < end; place++) {
        out[place - start] = squareDistance(points, place * columnCount, query);
      }
      return out;
    },
  };
}

function squareDistance(points: Float64Array, row: number, query: Float64Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let j = 0;
  for (; j < query.length - 3; j += 4) {
    const d0 = points[row + j] - query[j];
    const d1 = points[row + j + 1] - query[j + 1];
    const d2 = points[row + j + 2] - query[j + 2];
    const d3 = points[row + j + 3] - query[j + 3];
    a += d0 * d0;
    b += d1 * d1;
    c += d2 * d2;
    d += d3 * d3;
  }
  for (; j < query.length; j++) {
    const difference = points[row + j] - query[j];
    a += difference * difference;
  }
  return a + b + (c + d);
}
