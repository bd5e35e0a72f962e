// The whole of a kernel memory as numbers of each kind: what the TypeScript twins work on, by the same
// addresses as the compiled kernels.

import type { LinearMemory } from './web-assembly.ts';

export interface Heap {
  readonly u8: Uint8Array;
  readonly i32: Int32Array;
  readonly u32: Uint32Array;
  readonly f32: Float32Array;
  readonly f64: Float64Array;
}

/** Views that follow a plain memory when it grows. */
export function heapOf({ buffer }: LinearMemory): Heap {
  return {
    u8: new Uint8Array(buffer),
    i32: new Int32Array(buffer),
    u32: new Uint32Array(buffer),
    f32: new Float32Array(buffer),
    f64: new Float64Array(buffer),
  };
}
