// The port to threads that one large fit uses. The adapter is in ../worker/, because this package
// uses no Node module elsewhere.

import type { KernelModule, LinearMemory } from '../kernels/web-assembly.ts';

/** Threads that run the same kernels over a shared memory and wait for each other. */
export interface ThreadTeam {
  /** Number of threads, the caller's own included; 1 or more. */
  readonly size: number;
  /** Gives every thread the kernels over `memory`, until the session is closed; one at a time. */
  open(module: KernelModule, memory: LinearMemory): TeamSession;
}

export interface TeamSession {
  /**
   * Runs a kernel once a thread, each with its own arguments, and waits for all.
   * @param argumentLists one list a thread, the caller's own first; at most `size` lists.
   * @returns what each thread's call returned, 0 for nothing.
   * @throws Error when a thread failed.
   */
  run(kernel: string, argumentLists: readonly (readonly number[])[]): readonly number[];
  close(): void;
}
