// Loads kernels that set-up has compiled. Where there are none, or RIDGELINE_KERNELS=typescript asks
// for it, there is no module, and the callers take their TypeScript twins.

import { type KernelModule, webAssembly } from './web-assembly.ts';

export type KernelBackend = 'wasm' | 'typescript';

const modules = new Map<string, Promise<KernelModule | null>>();

/**
 * The compiled kernels of `kernels/NAME.as.ts`, or null where the TypeScript twins are to be used.
 * Meant for the top level of a module (`const compiled = await loadKernel('boosting')`), so that what
 * it exports is ready and synchronous.
 */
export function loadKernel(name: string): Promise<KernelModule | null> {
  const known = modules.get(name);
  if (known !== undefined) return known;
  const module = kernelBackend() === 'wasm' ? compiled(name) : Promise.resolve(null);
  modules.set(name, module);
  return module;
}

/** What the environment allows; a kernel that was not built has its twin all the same. */
export function kernelBackend(): KernelBackend {
  const forced = globalThis.process?.env?.RIDGELINE_KERNELS === 'typescript';
  const able = webAssembly !== null && typeof SharedArrayBuffer === 'function';
  return able && !forced ? 'wasm' : 'typescript';
}

async function compiled(name: string): Promise<KernelModule | null> {
  try {
    const { wasm } = await import(`../../kernels/build/${name}.js`);
    const bytes = Uint8Array.from(atob(wasm), (character) => character.charCodeAt(0));
    return (await webAssembly?.compile(bytes)) ?? null;
  } catch {
    // Not built, or an engine without SIMD: slower, never wrong.
    return null;
  }
}
