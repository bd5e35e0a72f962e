// The functions of a kernel module by number: every thread numbers them alike.

import { instantiate, type KernelModule, type LinearMemory } from '../kernels/web-assembly.ts';

export type KernelFunction = (...list: readonly number[]) => number | undefined;

export interface KernelFunctions {
  readonly names: readonly string[];
  readonly functions: readonly KernelFunction[];
}

export function kernelFunctions(module: KernelModule, memory: LinearMemory): KernelFunctions {
  const exported = instantiate<Readonly<Record<string, unknown>>>(module, memory);
  const isFunction = (entry: readonly [string, unknown]): entry is [string, KernelFunction] =>
    typeof entry[1] === 'function';
  const found = Object.entries(exported).filter(isFunction);
  return { names: found.map(([name]) => name), functions: found.map(([, call]) => call) };
}
