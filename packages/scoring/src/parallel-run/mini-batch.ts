// A part of the data: some of its files, or some rows of a table.

interface Part {
  /** From 0, in the order of the data. */
  readonly index: number;
  /** How many files or rows. */
  readonly count: number;
  /** For messages: `files a.png to c.png`, `rows 11 to 20 of input.csv`. */
  readonly label: string;
}

export interface FileBatch extends Part {
  readonly kind: 'files';
  readonly files: readonly string[];
}

export interface RowBatch extends Part {
  readonly kind: 'rows';
  readonly header: readonly string[];
  readonly rows: ReadonlyArray<readonly (string | null)[]>;
}

export type MiniBatch = FileBatch | RowBatch;

/** What an entry script's `run` has given back for a mini-batch. */
export interface BatchResult {
  /** Column names, where it gave back a table or objects. */
  readonly header: readonly string[] | null;
  /** The rows as they are appended, each with its line end. */
  readonly text: string;
  /** How many rows. */
  readonly count: number;
}
