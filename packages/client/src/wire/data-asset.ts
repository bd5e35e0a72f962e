// The shapes of a data asset: a named, versioned reference to a file, with its schema and profile.

export type ColumnType = 'long' | 'double' | 'boolean' | 'datetime' | 'string';

export interface ColumnSchema {
  readonly name: string;
  readonly type: ColumnType;
  /** True where at least one value is missing. */
  readonly nullable: boolean;
}

export interface TableSchema {
  readonly columns: readonly ColumnSchema[];
}

interface AnyColumnProfile {
  readonly name: string;
  readonly missingCount: number;
  /** Distinct values, missing ones not counted. */
  readonly distinctCount: number;
}

/** Figures are null where there is no value to tell from; booleans count as 0 and 1. */
export interface NumberColumnProfile extends AnyColumnProfile {
  readonly type: 'long' | 'double' | 'boolean';
  /** Values that are an infinity; all other figures leave them out. */
  readonly infiniteCount: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** Of the sample (divisor n - 1). */
  readonly standardDeviation: number | null;
  /** By probability written as text: "0.01", "0.05", "0.25", "0.5", "0.75", "0.95", "0.99". */
  readonly quantiles: Readonly<Record<string, number>>;
}

export interface DatetimeColumnProfile extends AnyColumnProfile {
  readonly type: 'datetime';
  /** UTC, ISO 8601. */
  readonly min: string | null;
  readonly max: string | null;
}

export interface StringColumnProfile extends AnyColumnProfile {
  readonly type: 'string';
  /** Up to ten, most frequent first. */
  readonly topValues: readonly { readonly value: string; readonly count: number }[];
}

export type ColumnProfile = NumberColumnProfile | DatetimeColumnProfile | StringColumnProfile;

export interface TableProfile {
  readonly rowCount: number;
  readonly columns: readonly ColumnProfile[];
}

export type DataAssetType = 'uri_file' | 'uri_folder' | 'mltable';

/** What an MLTable file says: which files make the table, and how they are read. */
export interface MlTable {
  readonly paths: readonly {
    readonly kind: 'file' | 'folder' | 'pattern';
    readonly path: string;
  }[];
  /** Null where nothing reads the files as a table. */
  readonly reader:
    | { readonly format: 'csv'; readonly delimiter: string }
    | { readonly format: 'parquet' }
    | { readonly format: 'jsonl' }
    | null;
}

export interface DataAsset {
  /** A GUID, by which published pipelines take it. */
  readonly id: string;
  readonly name: string;
  /** "1", "2", … unless the maker named it. */
  readonly version: string;
  readonly type: DataAssetType;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  /** e.g. `azureml://datastores/workspaceblobstore/paths/training-data/a.csv`. */
  readonly uri: string;
  readonly sizeBytes: number;
  /** 1 for a file; null for a folder that was registered before files were counted. */
  readonly fileCount: number | null;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** Null for all but data of type `mltable`. */
  readonly mlTable: MlTable | null;
  /** Null for what is no table. */
  readonly schema: TableSchema | null;
  readonly rowCount: number | null;
  /** UTC, ISO 8601. */
  readonly createdAt: string;
}

/** What makes a data asset; without `version` the server counts up by one. */
export interface NewDataAsset {
  readonly name: string;
  readonly version?: string;
  /** Default: `uri_file` or `uri_folder`, as what is there is. */
  readonly type?: DataAssetType;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly uri: string;
}
