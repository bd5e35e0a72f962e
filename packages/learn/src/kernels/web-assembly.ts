// The part of WebAssembly's interface that the kernels need, typed here: the language's own library
// has no types of it, and the browser's would bring a whole browser with them.

export interface KernelModule {
  readonly [Symbol.toStringTag]: string;
}

/** Memory that grows and does not move. */
export interface LinearMemory {
  readonly buffer: ArrayBufferLike;
  /** @throws RangeError beyond its maximum. */
  grow(pages: number): number;
}

interface WebAssemblyInterface {
  compile(bytes: Uint8Array): Promise<KernelModule>;
  readonly Memory: new (shape: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => LinearMemory;
  readonly Instance: new (
    module: KernelModule,
    imports: { readonly env: { readonly memory: LinearMemory } },
  ) => { readonly exports: object };
}

/** Null in an engine without it. */
export const webAssembly: WebAssemblyInterface | null =
  Reflect.get(globalThis, 'WebAssembly') ?? null;

/** The functions of compiled kernels over `memory`; the caller names their types. */
export function instantiate<Functions>(module: KernelModule, memory: LinearMemory): Functions {
  if (webAssembly === null) throw new Error('a compiled kernel without WebAssembly');
  const { exports } = new webAssembly.Instance(module, { env: { memory } });
  return exports as Functions;
}
