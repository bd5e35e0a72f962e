// A place where data lies, as Azure ML's `datastore` files say it.

export const datastoreTypes = [
  'azure_blob',
  'azure_file',
  'azure_data_lake_gen1',
  'azure_data_lake_gen2',
  'local',
] as const;
export type DatastoreType = (typeof datastoreTypes)[number];

export interface DatastoreDefinition {
  readonly name: string;
  readonly type: DatastoreType;
  readonly description: string | null;
  readonly tags: ReadonlyMap<string, string>;
  readonly accountName: string | null;
  /** The container, the file share, the file system, or of Data Lake Gen1 the store. */
  readonly containerName: string | null;
  /** Such as `core.windows.net`. */
  readonly endpoint: string | null;
  readonly protocol: string | null;
  /** Of a `local` datastore, which Azure ML has not: a folder of the server's machine. */
  readonly path: string | null;
  /** By Azure ML's key, such as `account_key`. Secrets: never to be shown or logged. */
  readonly credentials: ReadonlyMap<string, string>;
}
