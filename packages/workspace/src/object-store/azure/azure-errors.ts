// Azure Blob's errors as ours.
import type { RidgelineError } from '../../errors.ts';
import { type StoreFailure, type StoreWords, storeError } from '../object-store-errors.ts';

const credentials = 'AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN';

const advice: ReadonlyMap<string, string> = new Map([
  ['ContainerNotFound', 'make the container, or name another one'],
  ['ContainerBeingDeleted', 'wait until it is gone, and make it anew'],
  ['AuthenticationFailed', `check ${credentials}: the key is wrong, or the token has expired`],
  ['AuthorizationPermissionMismatch', 'the token must allow to read, write, list and delete'],
  ['AuthorizationFailure', `check ${credentials}, and the firewall of the account`],
  ['ENOTFOUND', 'check the name of the account, and the network'],
]);

export function azureError(error: unknown, address: string): RidgelineError {
  const words: StoreWords = { address, advice, credentials };
  return storeError(azureFailure(error), words);
}

export function isNotFound(error: unknown): boolean {
  const { code, status } = azureFailure(error);
  return status === 404 && code !== 'ContainerNotFound';
}

export function azureFailure(error: unknown): StoreFailure {
  const { name, code, statusCode, details } = (error ?? {}) as {
    readonly name?: string;
    readonly code?: string;
    readonly statusCode?: number;
    readonly details?: { readonly errorCode?: string };
  };
  return { code: code ?? details?.errorCode ?? name ?? 'Error', status: statusCode };
}
