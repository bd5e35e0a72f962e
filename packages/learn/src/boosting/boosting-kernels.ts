// The face of the kernels, and the one place where compiled ones or their twins are chosen. Pointers
// are addresses in the memory that the kernels were bound to; ../../kernels/boosting/ says of each what
// it takes.

import { KernelMemory, plainMemory } from '../kernels/kernel-memory.ts';
import { loadKernel } from '../kernels/load-kernel.ts';
import { instantiate, type KernelModule } from '../kernels/web-assembly.ts';
import { twinKernels } from './twin/twin-kernels.ts';

export interface BoostingKernels {
  binColumn(
    values: number,
    stride: number,
    count: number,
    thresholds: number,
    missingBin: number,
    bins: number,
  ): void;
  binsByRow(
    columns: number,
    columnStride: number,
    featureCount: number,
    count: number,
    rows: number,
    rowStride: number,
  ): void;
  sortFloats(values: number, count: number, spare: number, counters: number): void;
  packGradients(
    loss: number,
    scores: number,
    targets: number,
    weights: number,
    count: number,
    gradientScale: number,
    hessianScale: number,
    packed: number,
    sums: number,
    detail: number,
  ): void;
  packSoftmaxGradients(
    probabilities: number,
    targets: number,
    weights: number,
    count: number,
    gradientScale: number,
    hessianScale: number,
    packed: number,
    sums: number,
    code: number,
    factor: number,
  ): void;
  softmaxProbabilities(
    scores: number,
    classCount: number,
    stride: number,
    count: number,
    probabilities: number,
  ): void;
  buildHistogram(
    bins: number,
    stride: number,
    packed: number,
    rows: number,
    count: number,
    offsets: number,
    table: number,
    histogram: number,
    entryCount: number,
  ): void;
  buildHistogramOf(
    bins: number,
    stride: number,
    packed: number,
    rows: number,
    count: number,
    offsets: number,
    table: number,
    histogram: number,
    entryCount: number,
    chosen: number,
    chosenCount: number,
  ): void;
  addPacked(into: number, from: number, count: number): void;
  subtractPacked(into: number, from: number, less: number, count: number): void;
  findNumericSplit(
    histogram: number,
    features: number,
    featureCount: number,
    settings: number,
    found: number,
  ): void;
  listRows(rows: number, first: number, count: number): void;
  drawRows(
    first: number,
    count: number,
    seed: number,
    limit: number,
    drawn: number,
    others: number,
  ): number;
  partitionRows(column: number, rows: number, count: number, routes: number, spare: number): number;
  addLeafValues(scores: number, segments: number, values: number, leafCount: number): void;
}

export type BoostingKernelName = keyof BoostingKernels;

const compiled = await loadKernel('boosting');

export interface KernelSite {
  readonly memory: KernelMemory;
  readonly kernels: BoostingKernels;
  /** For other threads to run the same kernels over the same memory; null for the twins. */
  readonly module: KernelModule | null;
}

/** Most memory that is kept for the next fit; more is left to the collector. */
const keptBytes = 256 * 2 ** 20;
// One that is free: fits come one after the other in a thread, and a new memory is slow at first touch.
let free: KernelSite | null = null;

/** Kernels over a memory of their own: compiled where there are such, else the twins. */
export function borrowSite(backend: 'compiled' | 'twin' = 'compiled'): KernelSite {
  if (compiled === null || backend === 'twin') return twinSite();
  const site = free ?? compiledSite(compiled);
  free = null;
  return site;
}

/** Gives a site back; nothing in its memory may be used from then on. */
export function returnSite(site: KernelSite): void {
  if (site.module === null || site.memory.byteLength > keptBytes) return;
  site.memory.reset();
  free = site;
}

function compiledSite(module: KernelModule): KernelSite {
  const memory = new KernelMemory();
  return { memory, kernels: instantiate<BoostingKernels>(module, memory.memory), module };
}

function twinSite(): KernelSite {
  const memory = new KernelMemory(plainMemory());
  return { memory, kernels: twinKernels(memory.memory), module: null };
}
