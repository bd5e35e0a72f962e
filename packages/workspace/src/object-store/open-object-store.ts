// Opens the store that an address names. The clouds' clients are loaded only here: a workspace that
// keeps its artifacts in its folder starts without them.

import type { ObjectStore } from './object-store.ts';
import { type ObjectStoreAddress, parseObjectStoreAddress } from './object-store-address.ts';

const noteKey = '.ridgeline';
const note = 'A Ridgeline workspace keeps its artifacts here.\n';

/**
 * @param environment has the credentials, in the variables of the clouds' own tools.
 * @throws RidgelineError ARTIFACT_STORE_ADDRESS_INVALID, ARTIFACT_STORE_UNREACHABLE,
 *   ARTIFACT_STORE_REFUSED
 */
export async function openObjectStore(
  address: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ObjectStore> {
  const store = await connect(parseObjectStoreAddress(address), environment);
  // What a server needs, it tries now: to list, and to write.
  for await (const _entry of store.list('', false)) break;
  await store.put(noteKey, Buffer.from(note));
  return store;
}

async function connect(
  address: ObjectStoreAddress,
  environment: NodeJS.ProcessEnv,
): Promise<ObjectStore> {
  if (address.kind === 's3') {
    const { S3ObjectStore } = await import('./s3/s3-object-store.ts');
    return S3ObjectStore.open(address, environment);
  }
  const { AzureObjectStore } = await import('./azure/azure-object-store.ts');
  return AzureObjectStore.open(address, environment);
}
