// A pull request as a build is told of it, and as it is asked for.

export interface BuildPullRequest {
  readonly number: number;
  /** In full: a branch, or the ref at which a server publishes its head. */
  readonly source: string;
  readonly sourceCommit: string;
  /** In full, such as `refs/heads/main`. */
  readonly target: string;
  /** Where the source lies; empty: in the repository itself, or nobody has said. */
  readonly sourceRepository: string;
  /** Builds of forks get no secrets. */
  readonly isFork: boolean;
}

/** One that a server publishes, by its number, or the merge of two branches. */
export interface AskedPullRequest {
  readonly number?: number;
  /** A branch. */
  readonly source?: string;
  /** The branch that it is to go into; default the pipeline's. */
  readonly into?: string;
}

export function mergeRefOf(number: number): string {
  return `refs/pull/${number}/merge`;
}
