// The rows of secrets: nothing in them can be read without the key.

export interface SecretsTable {
  readonly name: string;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
  /** Milliseconds since the epoch. */
  readonly updated_at: number;
}

export type SecretTables = { readonly secrets: SecretsTable };
