import { afterEach, describe, expect, it } from 'vitest';
import { KernelMemory } from '../kernels/kernel-memory.ts';
import { loadKernel } from '../kernels/load-kernel.ts';
import type { KernelModule } from '../kernels/web-assembly.ts';
import { type ClosableThreadTeam, createThreadTeam } from './index.ts';

const compiled = await loadKernel('boosting');
let team: ClosableThreadTeam | null = null;

afterEach(async () => {
  await team?.close();
  team = null;
});

async function teamOf(size: number): Promise<ClosableThreadTeam> {
  team = await createThreadTeam(size);
  return team;
}

function theModule(): KernelModule {
  // Set-up compiles the kernels.
  if (compiled === null) throw new Error('the kernels are not built');
  return compiled;
}

describe('a team of threads', () => {
  it.each([1, 2, 4])('of %d runs a kernel once a thread over one memory', async (size) => {
    const { open } = await teamOf(size);
    const memory = new KernelMemory();
    const rows = memory.uint32(10 * size);
    const session = open.call(team, theModule(), memory.memory);
    const lists = Array.from({ length: size }, (_, t) => [rows.byteOffset + 40 * t, 10 * t, 10]);
    session.run('listRows', lists);
    session.close();
    expect([...rows]).toEqual(Array.from({ length: 10 * size }, (_, i) => i));
  });

  it('returns what each thread’s call returned, however many calls', async () => {
    const { size } = await teamOf(3);
    const memory = new KernelMemory();
    const [drawn, others] = [memory.uint32(3000), memory.uint32(3000)];
    const session = team?.open(theModule(), memory.memory);
    const listsOf = (round: number) =>
      Array.from({ length: size }, (_, t) => {
        const at = 4000 * t;
        return [t, 1000, round, 2 ** 31, drawn.byteOffset + at, others.byteOffset + at];
      });
    const first = session?.run('drawRows', listsOf(0));
    for (let round = 1; round < 500; round++) session?.run('drawRows', listsOf(round));
    expect(session?.run('drawRows', listsOf(0))).toEqual(first);
    session?.close();
  });

  it('takes fewer lists than it has threads', async () => {
    await teamOf(3);
    const memory = new KernelMemory();
    const rows = memory.uint32(4);
    const session = team?.open(theModule(), memory.memory);
    expect(session?.run('listRows', [[rows.byteOffset, 7, 2]])).toHaveLength(1);
    session?.close();
    expect([...rows.subarray(0, 2)]).toEqual([7, 8]);
  });

  it('has one session after the other, and not two at once', async () => {
    const { open } = await teamOf(2);
    const memory = new KernelMemory();
    for (let i = 0; i < 5; i++) {
      const session = open.call(team, theModule(), memory.memory);
      expect(() => open.call(team, theModule(), memory.memory)).toThrow('close it first');
      session.close();
      session.close();
    }
  });

  it('tells of a kernel that failed in another thread, and works on', async () => {
    await teamOf(2);
    const memory = new KernelMemory();
    const rows = memory.uint32(4);
    const session = team?.open(theModule(), memory.memory);
    const beyond = 2 ** 31;
    expect(() =>
      session?.run('listRows', [
        [rows.byteOffset, 0, 2],
        [beyond, 0, 2],
      ]),
    ).toThrow('a kernel failed');
    expect(session?.run('listRows', [[rows.byteOffset, 3, 1]])).toHaveLength(1);
    session?.close();
  });

  it.each([0, 1.5, 257])('of %d threads is refused', async (size) => {
    await expect(createThreadTeam(size)).rejects.toThrow(RangeError);
  });
});
