// The shapes of removing for good what was deleted.

export interface GarbageOptions {
  /** Only what was deleted so long ago; default 30 days. */
  readonly olderThanMs?: number;
  /** Says what would go, and changes nothing. */
  readonly dryRun?: boolean;
}

export interface GarbageReport {
  readonly dryRun: boolean;
  readonly experiments: number;
  readonly runs: number;
  readonly loggedModels: number;
  /** Of their artifacts. */
  readonly files: number;
  readonly bytes: number;
  /** Deleted runs and logged models that stay, as model versions stand on their files. */
  readonly kept: number;
  /** Whether there is more: one call removes so much at most. */
  readonly more: boolean;
}
