// Addresses of single blobs that work for a while: shared access signatures.
import {
  BlobSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
} from '@azure/storage-blob';
import type { SignedAddress } from '../object-store.ts';
import type { AzureConnection } from './azure-client.ts';

/** To read, or to make and write. */
export type BlobPermission = 'r' | 'cw';

/** Clocks differ: a signature that begins now is refused where it is still a moment ago. */
const clockSkewMs = 5 * 60_000;

export function signBlob(
  { container, sharedKey }: AzureConnection,
  fullKey: string,
  permission: BlobPermission,
  seconds: number,
): SignedAddress | null {
  // To hand out the server's own token would give away the whole container.
  if (sharedKey === null) return null;
  const { url } = container.getBlobClient(fullKey);
  const now = Date.now();
  const query = generateBlobSASQueryParameters(
    {
      containerName: container.containerName,
      blobName: fullKey,
      permissions: BlobSASPermissions.parse(permission),
      protocol: url.startsWith('https:') ? SASProtocol.Https : SASProtocol.HttpsAndHttp,
      startsOn: new Date(now - clockSkewMs),
      expiresOn: new Date(now + seconds * 1_000),
    },
    sharedKey,
  );
  return { url: `${url}?${query.toString()}`, headers: {} };
}
