// How large a code snapshot may be. Code is small; what is larger is data and belongs on a datastore.
import { RidgelineError } from '../errors.ts';

export interface CodeLimits {
  /** Sum of the files' sizes. Default 100 MB. */
  readonly maxSizeBytes: number;
  /** Files and folders together. Default 10,000. */
  readonly maxEntries: number;
  /** Characters of one path. Default 512. */
  readonly maxPathLength: number;
}

export const defaultCodeLimits: CodeLimits = {
  maxSizeBytes: 100 * 1024 * 1024,
  maxEntries: 10_000,
  maxPathLength: 512,
};

/** The most that the archive of a snapshot within `limits` can need for its own headers. */
export function maxArchiveBytes({ maxSizeBytes, maxEntries }: CodeLimits): number {
  // A header, an extended header with a long path, and padding: eight blocks are plenty.
  const overheadPerEntry = 8 * 512;
  return maxSizeBytes + maxEntries * overheadPerEntry + 64 * 1024;
}

export function codeTooLarge(what: string): RidgelineError {
  return new RidgelineError(
    'CODE_TOO_LARGE',
    `the code snapshot is too large: ${what}; ` +
      'leave out what is not code (data, node_modules, outputs), and put data on a datastore',
  );
}
