// The port to threads that one large fit uses. The adapter is in ../worker/, because this package
// uses no Node module elsewhere.

/** Threads that run the same kernels over a shared memory and wait for each other. */
export interface ThreadTeam {
  /** Number of threads, the caller's own included; 1 or more. */
  readonly size: number;
}
