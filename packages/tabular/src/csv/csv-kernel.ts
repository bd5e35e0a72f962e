// The compiled kernel of number files over its memory. What it does is said at kernels/csv.as.ts.

export interface CsvKernel {
  readonly buffer: ArrayBufferLike;
  parseRows(
    input: number,
    length: number,
    delimiter: number,
    columnCount: number,
    out: number,
    rowCapacity: number,
    kinds: number,
    powers: number,
    hard: number,
    state: number,
  ): void;
}

/** The language's own library has no types of WebAssembly. */
interface WebAssemblyPart {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Memory: new (shape: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => { readonly buffer: ArrayBufferLike };
  readonly Instance: new (
    module: object,
    imports: object,
  ) => { readonly exports: { readonly parseRows: CsvKernel['parseRows'] } };
}

const pageBytes = 65_536;
let module: Promise<object | null> | null = null;

/**
 * A kernel with a memory of its own, of at least `byteLength` bytes. Null where it is not built, where
 * the engine cannot run it, or where RIDGELINE_KERNELS=typescript asks for none: DuckDB is faster than
 * the twin, which is for tests only.
 */
export async function createCsvKernel(byteLength: number): Promise<CsvKernel | null> {
  if (process.env.RIDGELINE_KERNELS === 'typescript') return null;
  module ??= compiled();
  const found = await module;
  return found === null ? null : instantiate(found, byteLength);
}

async function compiled(): Promise<object | null> {
  try {
    // Made by set-up, so that a type check before it would not find the file.
    const file: string = '../../kernels/build/csv.js';
    const { wasm } = await import(file);
    return await webAssembly().compile(Buffer.from(wasm, 'base64'));
  } catch {
    return null;
  }
}

function instantiate(found: object, byteLength: number): CsvKernel {
  const { Memory, Instance } = webAssembly();
  const initial = Math.ceil(byteLength / pageBytes);
  const memory = new Memory({ initial, maximum: pageBytes, shared: true });
  const { parseRows } = new Instance(found, { env: { memory } }).exports;
  return { buffer: memory.buffer, parseRows };
}

function webAssembly(): WebAssemblyPart {
  return Reflect.get(globalThis, 'WebAssembly');
}
