// The kernels of neural networks over one memory: compiled, or their TypeScript twins. What each does
// is said at kernels/neural.as.ts.

import { KernelMemory, plainMemory } from '../kernels/kernel-memory.ts';
import { loadKernel } from '../kernels/load-kernel.ts';
import { instantiate } from '../kernels/web-assembly.ts';
import { neuralTwin } from './neural-twin.ts';

/** Addresses and strides are in bytes, lengths in numbers. */
export interface NeuralKernels {
  /** c += a b. */
  multiply(
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    c: number,
    rows: number,
    inner: number,
    width: number,
  ): void;
  rectify(values: number, length: number): void;
  rectifySlopes(slopes: number, values: number, length: number): void;
  adam(
    values: number,
    gradient: number,
    first: number,
    second: number,
    length: number,
    decay: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
  ): void;
}

export interface NeuralBackend {
  readonly memory: KernelMemory;
  readonly kernels: NeuralKernels;
}

const compiled = await loadKernel('neural');

/** Null where the kernels are not compiled. */
export function compiledNeural(): NeuralBackend | null {
  if (compiled === null) return null;
  const memory = new KernelMemory();
  return { memory, kernels: instantiate<NeuralKernels>(compiled, memory.memory) };
}

export function twinNeural(): NeuralBackend {
  const memory = new KernelMemory(plainMemory());
  return { memory, kernels: neuralTwin(memory.memory) };
}

let backend: NeuralBackend | null = null;

/** The backend of this thread, its memory empty: a fit has it from its first to its last line. */
export function emptyNeuralBackend(): NeuralBackend {
  backend ??= compiledNeural() ?? twinNeural();
  backend.memory.reset();
  return backend;
}
