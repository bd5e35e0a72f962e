// What a data path is: something on the user's machine, on a datastore, an asset, or out of reach.
import { readAssetReference } from './asset-reference.ts';

export type DataPathKind = 'local' | 'asset' | 'datastore' | 'remote' | 'invalid';

/** A scheme has two letters or more: `C:\data` is a local path. */
const scheme = /^[A-Za-z][A-Za-z0-9+.-]+:/;

export function dataPathKind(path: string): DataPathKind {
  if (/^azureml:\/\/datastores\/[^/]+\/paths\//.test(path)) return 'datastore';
  if (path.startsWith('azureml:/')) {
    return /^azureml:\/(?:\/|subscriptions)/.test(path) ? 'remote' : 'invalid';
  }
  if (path.startsWith('azureml:')) return readAssetReference(path) === null ? 'invalid' : 'asset';
  return scheme.test(path) ? 'remote' : 'local';
}
