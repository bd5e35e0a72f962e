// The client of an Azure Blob container, with the credential that Azure's own variables give.
import {
  AnonymousCredential,
  ContainerClient,
  newPipeline,
  StorageSharedKeyCredential,
} from '@azure/storage-blob';
import { RidgelineError } from '../../errors.ts';
import type { AzureAddress } from '../object-store-address.ts';

const answerMs = 30_000;
const slowestBytesPerMs = 64;
const retryOptions = { maxTries: 3, retryDelayInMs: 200, maxRetryDelayInMs: 2_000 };

/** What it signs addresses with; null where there is only a token that somebody else has signed. */
export interface AzureConnection {
  readonly container: ContainerClient;
  readonly sharedKey: StorageSharedKeyCredential | null;
}

interface Credential {
  readonly key?: string;
  /** Of a shared access signature, without its question mark. */
  readonly token?: string;
}

/** @throws RidgelineError ARTIFACT_STORE_REFUSED where there is no credential, or another account's */
export function azureConnection(
  address: AzureAddress,
  environment: NodeJS.ProcessEnv,
): AzureConnection {
  const { account, container, endpoint } = address;
  const { key, token = '' } = credentialOf(address, environment);
  const sharedKey = key === undefined ? null : new StorageSharedKeyCredential(account, key);
  const pipeline = newPipeline(sharedKey ?? new AnonymousCredential(), { retryOptions });
  const query = token === '' ? '' : `?${token}`;
  return {
    container: new ContainerClient(`${endpoint}/${container}${query}`, pipeline),
    sharedKey,
  };
}

function credentialOf(address: AzureAddress, environment: NodeJS.ProcessEnv): Credential {
  const connection = environment.AZURE_STORAGE_CONNECTION_STRING;
  if (connection) return ofConnection(address, connection);
  const key = environment.AZURE_STORAGE_KEY || environment.AZURE_STORAGE_ACCESS_KEY;
  if (key) return { key };
  const token = environment.AZURE_STORAGE_SAS_TOKEN;
  if (token) return { token: token.replace(/^\?/, '') };
  throw refused(
    address,
    'no credential; set AZURE_STORAGE_CONNECTION_STRING, AZURE_STORAGE_KEY or AZURE_STORAGE_SAS_TOKEN',
  );
}

function ofConnection(address: AzureAddress, connection: string): Credential {
  const fields = new Map(connection.split(';').map(field));
  const account = fields.get('AccountName');
  if (account !== undefined && account !== address.account) {
    throw refused(
      address,
      `AZURE_STORAGE_CONNECTION_STRING is of the account '${account}'; set it to that of '${address.account}'`,
    );
  }
  const key = fields.get('AccountKey');
  if (key !== undefined) return { key };
  const token = fields.get('SharedAccessSignature');
  if (token !== undefined) return { token };
  throw refused(
    address,
    'AZURE_STORAGE_CONNECTION_STRING has neither an AccountKey nor a SharedAccessSignature; copy it whole',
  );
}

function field(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}

function refused({ text }: AzureAddress, why: string): RidgelineError {
  return new RidgelineError('ARTIFACT_STORE_REFUSED', `artifact store ${text}: ${why}`);
}

/** To be handed to all but what streams: the client itself would wait for ever. */
export function soon(sentBytes = 0): AbortSignal {
  return AbortSignal.timeout(answerMs + Math.ceil(sentBytes / slowestBytesPerMs));
}
