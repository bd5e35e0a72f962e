// Every compiled kernel does to the memory what its twin does, to the bit.

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BoostingKernels, borrowSite, type KernelSite } from '../boosting-kernels.ts';

const rowCount = 203;
const featureCount = 6;
const stride = 8;
const binsEach = 20;

interface Bench {
  readonly site: KernelSite;
  readonly addresses: Readonly<Record<string, number>>;
}

/** The same random contents at the same addresses, for either kind of kernels. */
function bench(backend: 'compiled' | 'twin', seed: number): Bench {
  const site = borrowSite(backend);
  const { memory } = site;
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const place = <View extends { readonly byteOffset: number; readonly length: number }>(
    view: View & { [index: number]: number },
    value: (i: number) => number,
  ): number => {
    for (let i = 0; i < view.length; i++) view[i] = value(i);
    return view.byteOffset;
  };
  const entries = featureCount * (binsEach + 1) + 2;
  const addresses = {
    values: place(memory.float64(rowCount), (i) => (i % 7 === 0 ? Number.NaN : next() * 8 - 4)),
    thresholds: place(memory.float32(255), (i) =>
      i < binsEach - 1 ? i / 2.5 - 3 : Number.POSITIVE_INFINITY,
    ),
    columns: place(memory.uint8(featureCount * 256), () => Math.floor(next() * binsEach)),
    rows: place(memory.uint8(stride * rowCount), () => Math.floor(next() * binsEach)),
    floats: place(memory.float32(208), () => (next() - 0.5) * 10 ** (next() * 6 - 2)),
    spare: memory.allocate(4 * 2048),
    counters: memory.allocate(4 * 2048),
    scores: place(memory.float32(3 * 208), () => next() * 20 - 10),
    targets: place(memory.float32(208), (i) => i % 3),
    weights: place(memory.float32(208), () => next() * 3),
    packed: place(memory.int32(2 * 208), (i) =>
      i % 2 === 0 ? Math.floor(next() * 1e6) : Math.floor((next() - 0.5) * 1e6),
    ),
    sums: memory.float64(2).byteOffset,
    probabilities: memory.float32(3 * 208).byteOffset,
    list: place(memory.uint32(rowCount), (i) => i),
    offsets: place(memory.uint32(stride), (f) => Math.min(f, featureCount) * (binsEach + 1)),
    table: memory.allocate(4 * stride),
    histogram: place(memory.int32(2 * entries), () => 0),
    other: place(memory.int32(2 * entries), () => Math.floor(next() * 1e6)),
    chosen: place(memory.uint32(3), (i) => 2 * i),
    routes: place(memory.uint8(256), () => (next() < 0.5 ? 1 : 0)),
    drawn: memory.uint32(rowCount + 1).byteOffset,
    leafValues: place(memory.float32(2), (i) => i + 0.1),
    segments: memory.uint32(4).byteOffset,
    features: memory.int32(6 * featureCount).byteOffset,
    settings: memory.float64(9).byteOffset,
    found: memory.float64(6).byteOffset,
  };
  new Uint32Array(memory.memory.buffer, addresses.segments, 4).set([
    addresses.list,
    100,
    addresses.list + 400,
    rowCount - 100,
  ]);
  return { site, addresses };
}

type Use = (kernels: BoostingKernels, at: Readonly<Record<string, number>>) => number | undefined;

function expectSame(seed: number, use: Use): void {
  const [compiled, twin] = (['compiled', 'twin'] as const).map((backend) => {
    const { site, addresses } = bench(backend, seed);
    const result = use(site.kernels, addresses);
    // Scratch is theirs to use as they like.
    const bytes = new Uint8Array(site.memory.memory.buffer).slice(0, addresses.found + 48);
    for (const [name, size] of scratch) {
      bytes.fill(0, addresses[name], addresses[name] + size);
    }
    return { result: result ?? 0, bytes };
  });
  expect(compiled.result).toBe(twin.result);
  expect(Buffer.compare(compiled.bytes, twin.bytes)).toBe(0);
}

const scratch = [
  ['spare', 8192],
  ['counters', 8192],
  ['table', 4 * stride],
] as const;

function build(kernels: BoostingKernels, at: Readonly<Record<string, number>>, rows: number) {
  const entries = featureCount * (binsEach + 1) + 2;
  const { rows: bins, packed, offsets, table, histogram } = at;
  kernels.buildHistogram(bins, stride, packed, rows, 150, offsets, table, histogram, entries);
}

function describeFeatures(
  kernels: BoostingKernels,
  at: Readonly<Record<string, number>>,
  settings: readonly number[],
  memory: ArrayBufferLike,
): number | undefined {
  build(kernels, at, 0);
  const words = new Int32Array(memory, at.features, 6 * featureCount);
  for (let f = 0; f < featureCount; f++) {
    const to = f === 3 ? binsEach - 2 : binsEach - 1;
    words.set([f * (binsEach + 1), binsEach, 0, to, (f % 3) - 1, 0], 6 * f);
  }
  new Float64Array(memory, at.settings, 9).set(settings);
  kernels.findNumericSplit(at.histogram, at.features, featureCount, at.settings, at.found);
  return undefined;
}

describe('compiled kernels and their twins', () => {
  beforeAll(() => {
    // Set-up compiles the kernels; without them each would be compared with itself.
    expect(borrowSite().module).not.toBeNull();
  });

  const uses: readonly (readonly [string, Use])[] = [
    [
      'binColumn',
      (k, at) => {
        k.binColumn(at.values, 1, rowCount, at.thresholds, binsEach, at.columns);
        return undefined;
      },
    ],
    [
      'binsByRow',
      (k, at) => {
        k.binsByRow(at.columns, 256, featureCount, rowCount, at.rows, stride);
        return undefined;
      },
    ],
    [
      'sortFloats',
      (k, at) => {
        k.sortFloats(at.floats, 203, at.spare, at.counters);
        return undefined;
      },
    ],
    ...[0, 1, 2, 3].map((loss): readonly [string, Use] => [
      `packGradients of loss ${loss}`,
      (k, at) => {
        const { scores, targets, packed, sums } = at;
        const weights = loss % 2 === 0 ? at.weights : 0;
        k.packGradients(loss, scores, targets, weights, 203, 1234, 4321, packed, sums, 0.3);
        return undefined;
      },
    ]),
    [
      'softmaxProbabilities and packSoftmaxGradients',
      (k, at) => {
        const { probabilities, targets, weights, packed, sums } = at;
        k.softmaxProbabilities(at.scores, 3, 208, 203, probabilities);
        k.packSoftmaxGradients(
          probabilities,
          targets,
          weights,
          203,
          1e6,
          1e5,
          packed,
          sums,
          1,
          1.5,
        );
        return undefined;
      },
    ],
    [
      'buildHistogram of all rows',
      (k, at) => {
        build(k, at, 0);
        return undefined;
      },
    ],
    [
      'buildHistogram of listed rows, added and subtracted',
      (k, at) => {
        build(k, at, at.list + 40);
        const entries = featureCount * (binsEach + 1) + 2;
        k.addPacked(at.other, at.histogram, entries);
        k.subtractPacked(at.histogram, at.other, at.histogram, entries);
        return undefined;
      },
    ],
    [
      'buildHistogramOf',
      (k, at) => {
        const { rows, packed, list, offsets, table, histogram, chosen } = at;
        const entries = featureCount * (binsEach + 1) + 2;
        k.buildHistogramOf(
          rows,
          stride,
          packed,
          list,
          203,
          offsets,
          table,
          histogram,
          entries,
          chosen,
          3,
        );
        return undefined;
      },
    ],
    [
      'partitionRows',
      (k, at) => k.partitionRows(at.columns, at.list, rowCount, at.routes, at.spare),
    ],
    ['drawRows', (k, at) => k.drawRows(8, 150, 77, 2 ** 31, at.drawn, at.spare)],
    [
      'listRows',
      (k, at) => {
        k.listRows(at.list, 5, 100);
        return undefined;
      },
    ],
    [
      'addLeafValues',
      (k, at) => {
        k.addLeafValues(at.scores, at.segments, at.leafValues, 2);
        return undefined;
      },
    ],
  ];

  it.each(uses)('%s', (_, use) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (seed) => expectSame(seed, use)),
      { numRuns: 8 },
    );
  });

  it.each([
    ['free', [5e6, 7e7, 0, 1e3, 1e5, 1e3, -1, 1, 0]],
    ['with an L1 penalty', [5e6, 7e7, 1e5, 1e3, 1e5, 10, -1, 1, 0]],
    ['with bounds and directions', [5e6, 7e7, 1e5, 1e3, 1e5, 10, -0.05, 0.05, 1]],
  ])('findNumericSplit, %s', (_, settings) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 31 }), (seed) => {
        const found = (['compiled', 'twin'] as const).map((backend) => {
          const { site, addresses } = bench(backend, seed);
          const { buffer } = site.memory.memory;
          describeFeatures(site.kernels, addresses, settings, buffer);
          return Array.from(new Float64Array(buffer, addresses.found, 6));
        });
        expect(found[0]).toEqual(found[1]);
      }),
      { numRuns: 20 },
    );
  });
});
