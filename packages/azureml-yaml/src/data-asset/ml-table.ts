// What an MLTable file says: which files make the table, and how they are read.

export interface MlTablePath {
  /** `file` and `folder` name one; `pattern` all files that fit it. */
  readonly kind: 'file' | 'folder' | 'pattern';
  /** Relative to the folder of the MLTable file and without `./`, or `azureml://datastores/…`. */
  readonly path: string;
}

export type MlTableReader =
  | { readonly format: 'csv'; readonly delimiter: string }
  | { readonly format: 'parquet' }
  | { readonly format: 'jsonl' };

export interface MlTable {
  readonly paths: readonly MlTablePath[];
  /** Null where no transformation reads the files: then they are files, and no table is known. */
  readonly reader: MlTableReader | null;
}
