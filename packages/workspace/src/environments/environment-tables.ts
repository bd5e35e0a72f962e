// The rows of environments: one a version.

export interface EnvironmentsTable {
  readonly name: string;
  readonly version: string;
  /** 1, 2, … in the order in which the versions of a name were made; the highest is the latest. */
  readonly position: number;
  /** JSON of an EnvironmentContent. */
  readonly content: string;
  /** Of the content, 64 hexadecimal digits. */
  readonly digest: string;
  /** JSON array of strings: what was passed over when the content was read. */
  readonly notes: string;
  readonly description: string;
  /** JSON object of strings. */
  readonly tags: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export type EnvironmentTables = { readonly environments: EnvironmentsTable };
