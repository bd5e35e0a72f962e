import { describe, expect, it } from 'vitest';
import { KernelMemory, plainMemory } from './kernel-memory.ts';
import { kernelBackend, loadKernel } from './load-kernel.ts';

describe('compiled kernels', () => {
  it('are there after set-up, and loaded once', async () => {
    expect(await loadKernel('boosting')).not.toBeNull();
    expect(loadKernel('boosting')).toBe(loadKernel('boosting'));
  });

  it('that were never written are none', async () => {
    expect(await loadKernel('no-such-kernel')).toBeNull();
  });

  it('are left out where the environment says so', () => {
    expect(kernelBackend()).toBe('wasm');
    process.env.RIDGELINE_KERNELS = 'typescript';
    expect(kernelBackend()).toBe('typescript');
    delete process.env.RIDGELINE_KERNELS;
  });
});

describe.each([
  ['of WebAssembly', () => new KernelMemory()],
  ['of plain bytes', () => new KernelMemory(plainMemory())],
])('a memory %s', (_, create) => {
  it('hands out whole cache lines, none of them at address 0', () => {
    const memory = create();
    const addresses = [1, 64, 65, 0, 3].map((bytes) => memory.allocate(bytes));
    expect(addresses).toEqual([64, 128, 192, 320, 320]);
  });

  it('keeps what was written when it grows', () => {
    const memory = create();
    const numbers = memory.float64(4);
    numbers.set([1, 2, 3, 4]);
    const many = memory.float64(1_000_000);
    many[999_999] = 5;
    expect([...numbers, many[999_999]]).toEqual([1, 2, 3, 4, 5]);
    expect(memory.byteLength).toBeGreaterThan(8_000_000);
  });

  it('hands out the same again after a reset', () => {
    const memory = create();
    const first = memory.allocate(100);
    memory.reset();
    expect(memory.allocate(10)).toBe(first);
  });

  it('ends at 4 GiB', () => {
    expect(() => create().allocate(2 ** 33)).toThrow(RangeError);
  });
});
