// The rows of computes. 'local' has none: it is always there.
import type { ComputeKind, ComputeTier } from './compute.ts';

export interface ComputesTable {
  /** The name in lower case: two names that differ only in case are the same compute. */
  readonly key: string;
  readonly name: string;
  readonly kind: ComputeKind;
  readonly size: string | null;
  readonly min_instances: number;
  readonly max_instances: number;
  readonly idle_seconds: number;
  readonly tier: ComputeTier;
  /** JSON object of strings, as `tags`. */
  readonly properties: string;
  readonly description: string;
  readonly tags: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export type ComputeTables = { readonly computes: ComputesTable };
