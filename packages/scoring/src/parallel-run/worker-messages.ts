// What is said between this program and its workers, a line of JSON each.
import type { BatchResult } from './mini-batch.ts';

export type Question = { readonly id: number } & (
  | { readonly kind: 'files'; readonly files: readonly string[] }
  | {
      readonly kind: 'rows';
      readonly header: readonly string[];
      readonly rows: ReadonlyArray<readonly (string | null)[]>;
    }
);

export type Answer =
  | { readonly ready: true }
  /** The script could not be loaded, or its `init` threw. */
  | { readonly failed: string }
  | { readonly id: number; readonly result: BatchResult }
  /** `run` threw: the trace. */
  | { readonly id: number; readonly error: string };
