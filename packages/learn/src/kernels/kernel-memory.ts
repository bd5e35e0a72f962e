// The memory that kernels work in, handed out front to back. It owns addresses only: what lies where
// is known by who asked. It is shared (or, for the TypeScript twins, resizable), so that threads see it
// and views stay valid when it grows.

import { type LinearMemory, webAssembly } from './web-assembly.ts';

const pageBytes = 65_536;
const maximumPages = 65_536;
// Whole cache lines, so that neither SIMD nor two threads straddle one.
const alignment = 64;

export class KernelMemory {
  readonly memory: LinearMemory;
  // Address 0 stays free: kernels take it for "none".
  #next = alignment;

  /** @param memory default: WebAssembly's, for compiled kernels; `plainMemory()` for their twins. */
  constructor(memory: LinearMemory = compiledMemory()) {
    this.memory = memory;
  }

  /** Bytes held from the system, 4 GiB at most. */
  get byteLength(): number {
    return this.memory.buffer.byteLength;
  }

  /**
   * The address of `byteLength` bytes, a multiple of 64; old contents are whatever they were.
   * @throws RangeError beyond 4 GiB.
   */
  allocate(byteLength: number): number {
    const address = this.#next;
    const end = address + Math.ceil(byteLength / alignment) * alignment;
    const missing = Math.ceil((end - this.byteLength) / pageBytes);
    if (missing > 0) this.memory.grow(missing);
    this.#next = end;
    return address;
  }

  /** Hands all of it out again from the front; every earlier address is then void. */
  reset(): void {
    this.#next = alignment;
  }

  /** An array of `length`, zeros or leftovers in it; its address is its `byteOffset`. */
  uint8(length: number): Uint8Array {
    const address = this.allocate(length);
    return new Uint8Array(this.memory.buffer, address, length);
  }

  int32(length: number): Int32Array {
    const address = this.allocate(4 * length);
    return new Int32Array(this.memory.buffer, address, length);
  }

  uint32(length: number): Uint32Array {
    const address = this.allocate(4 * length);
    return new Uint32Array(this.memory.buffer, address, length);
  }

  float32(length: number): Float32Array {
    const address = this.allocate(4 * length);
    return new Float32Array(this.memory.buffer, address, length);
  }

  float64(length: number): Float64Array {
    const address = this.allocate(8 * length);
    return new Float64Array(this.memory.buffer, address, length);
  }
}

function compiledMemory(): LinearMemory {
  if (webAssembly === null) throw new Error('a memory of WebAssembly without WebAssembly');
  return new webAssembly.Memory({ initial: 1, maximum: maximumPages, shared: true });
}

/** Memory of the same ways for kernels in TypeScript. */
export function plainMemory(): LinearMemory {
  const buffer = new ArrayBuffer(pageBytes, { maxByteLength: pageBytes * maximumPages });
  const grow = (pages: number) => {
    const before = buffer.byteLength;
    buffer.resize(before + pages * pageBytes);
    return before / pageBytes;
  };
  return { buffer, grow };
}
