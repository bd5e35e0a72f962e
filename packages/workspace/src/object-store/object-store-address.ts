// Reads the address of an artifact store: s3://bucket/prefix, or a container of Azure Blob Storage as
// https://, wasbs:// or abfss://. It never holds a credential.
import { RidgelineError } from '../errors.ts';

/** Where artifacts go if nobody says otherwise. */
export const artifactsVariable = 'RIDGELINE_ARTIFACTS';

export type ObjectStoreAddress = S3Address | AzureAddress;

interface Place {
  /** The one way to write it, so that two can be compared. */
  readonly text: string;
  /** Without slashes at its ends; may be empty. */
  readonly prefix: string;
}

export interface S3Address extends Place {
  readonly kind: 's3';
  readonly bucket: string;
}

export interface AzureAddress extends Place {
  readonly kind: 'azure';
  readonly account: string;
  readonly container: string;
  /** Of the account, such as https://account.blob.core.windows.net */
  readonly endpoint: string;
}

const examples = 's3://BUCKET/PREFIX or https://ACCOUNT.blob.core.windows.net/CONTAINER/PREFIX';

/** @throws RidgelineError ARTIFACT_STORE_ADDRESS_INVALID */
export function parseObjectStoreAddress(given: string): ObjectStoreAddress {
  const url = URL.parse(given);
  if (url === null) throw invalid('cannot be read');
  // Read as an address, these would come to another place than the one that is written.
  if (/%|\/\.\.?(\/|$)/.test(given)) throw invalid('has a part such as .. or %2e');
  // It is kept in a file, and shown: whatever may be a secret has to come another way.
  const secretIsAt = [url.password, url.search, url.hash].some((part) => part !== '');
  if (secretIsAt || (url.username !== '' && !/^(wasbs|abfss):$/.test(url.protocol))) {
    throw invalid('holds more than a place; leave out keys, tokens, ? and #');
  }
  switch (url.protocol) {
    case 's3:':
      return s3Address(url);
    case 'wasbs:':
    case 'abfss:':
      return hadoopAddress(url);
    case 'https:':
    case 'http:':
      return azureAddress(url);
    default:
      throw invalid(`begins with '${url.protocol.slice(0, 20)}', which is no store known here`);
  }
}

function s3Address({ host: bucket, pathname }: URL): S3Address {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket)) {
    throw invalid(`names no bucket: 3 to 63 of a-z, 0-9, '-' and '.'`);
  }
  const prefix = prefixOf(pathname);
  return { kind: 's3', bucket, prefix, text: joined(`s3://${bucket}`, prefix) };
}

/** wasbs://CONTAINER@ACCOUNT.blob.core.windows.net/PREFIX, and abfss:// with `dfs` in place of `blob`. */
function hadoopAddress({ username: container, host, pathname }: URL): AzureAddress {
  const url = URL.parse(`https://${host.replace('.dfs.', '.blob.')}/${container}${pathname}`);
  if (url === null || container === '') throw invalid('names no container before its @');
  return azureAddress(url);
}

function azureAddress({ origin, protocol, hostname, pathname }: URL): AzureAddress {
  const [label = ''] = hostname.split('.');
  // The emulator, and nothing else, has the account in the path.
  const isEmulator = /^(localhost|[\d.]+|\[.*)$/.test(hostname);
  if (protocol === 'http:' && !isEmulator) throw invalid('is not https');
  if (!isEmulator && !/\.blob\./.test(hostname)) {
    throw invalid(`names the host '${hostname.slice(0, 80)}', which is no account of Azure Blob`);
  }
  const parts = pathname.split('/').slice(1);
  const account = isEmulator ? (parts.shift() ?? '') : label;
  const [container = '', ...rest] = parts;
  if (!/^[a-z0-9][a-z0-9-]{2,62}$/.test(container)) {
    throw invalid(`names no container: 3 to 63 of a-z, 0-9 and '-'`);
  }
  const endpoint = isEmulator ? `${origin}/${account}` : origin;
  const prefix = prefixOf(rest.join('/'));
  const text = joined(`${endpoint}/${container}`, prefix);
  return { kind: 'azure', account, container, endpoint, prefix, text };
}

function prefixOf(pathname: string): string {
  const prefix = pathname.replace(/^\/+|\/+$/g, '');
  if (prefix === '' || /^[\w.-]+(\/[\w.-]+)*$/.test(prefix)) return prefix;
  throw invalid(`has a prefix with other characters than letters, digits, '_', '-', '.' and '/'`);
}

function joined(place: string, prefix: string): string {
  return prefix === '' ? place : `${place}/${prefix}`;
}

// What cannot be read is not repeated: it may hold a secret.
function invalid(what: string): RidgelineError {
  const message = `the address of the artifact store ${what}; write ${examples}`;
  return new RidgelineError('ARTIFACT_STORE_ADDRESS_INVALID', message);
}
