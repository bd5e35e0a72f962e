// The rows of tokens: their digests only, so that the database lets nobody in.

export interface TokensTable {
  /** SHA-256 of the token, 64 hexadecimal digits. */
  readonly hash: string;
  readonly kind: 'admin' | 'step';
  /** Null for the admin token, as is `run_id`. */
  readonly job_id: string | null;
  readonly run_id: string | null;
  /** The name of who has submitted the step's job. */
  readonly acts_for: string | null;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export type TokenTables = { readonly tokens: TokensTable };
