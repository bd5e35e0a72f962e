// The addresses of files on datastores, as Azure ML writes them:
// azureml://datastores/<name>/paths/<path>. The path stands in it as it is, without escapes.
import { RidgelineError } from '../errors.ts';

export interface DatastoreAddress {
  readonly datastore: string;
  /** Relative to the datastore. */
  readonly path: string;
}

export function datastoreUri({ datastore, path }: DatastoreAddress): string {
  return `azureml://datastores/${datastore}/paths/${path}`;
}

/** @throws RidgelineError DATASTORE_URI_INVALID. Whether the path may be used, its datastore says. */
export function parseDatastoreUri(uri: string): DatastoreAddress {
  const [, datastore, path] = /^azureml:\/\/datastores\/([^/]+)\/paths\/(.+)$/s.exec(uri) ?? [];
  if (datastore !== undefined && path !== undefined) return { datastore, path };
  throw new RidgelineError(
    'DATASTORE_URI_INVALID',
    `${JSON.stringify(uri)} is no address of a file on a datastore; ` +
      "write it as 'azureml://datastores/workspaceblobstore/paths/folder/file.csv'",
  );
}
