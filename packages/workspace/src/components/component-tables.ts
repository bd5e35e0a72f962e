// The rows of components: one a version.

export interface ComponentsTable {
  readonly name: string;
  readonly version: string;
  /** 1, 2, … in the order in which the versions of a name were made; the highest is the latest. */
  readonly position: number;
  readonly type: string;
  readonly display_name: string | null;
  readonly description: string;
  /** JSON object of strings. */
  readonly tags: string;
  readonly text: string;
  readonly file_name: string;
  /** JSON: ids of code by the path that the text has for each. */
  readonly code: string;
  /** JSON: the texts of component files by the reference that the text has for each. */
  readonly components: string;
  /** SHA-256 over all that a step does because of it: text, code and components. */
  readonly digest: string;
  /** Milliseconds since the epoch. */
  readonly created_at: number;
}

export type ComponentTables = { readonly components: ComponentsTable };
