// A process that is an S3 server on a folder, with one bucket; it checks signatures. Arguments: the
// folder, the port (0: any). It prints the port once it listens, and ends with its input. What the server that it is made of
// does otherwise than S3 is made good here.
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

interface ListOptions {
  readonly prefix?: string;
  readonly delimiter?: string;
  readonly maxKeys?: number;
}
interface Listed {
  readonly objects: readonly { readonly key: string }[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
}
interface ListResult {
  EncodingType?: string;
  readonly Contents: readonly { Key: string }[];
  readonly CommonPrefixes: readonly { Prefix: string }[];
}
interface Context {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body?: { readonly ListBucketResult?: ListResult };
  status: number;
}
type Middleware = (context: Context, next: () => Promise<void>) => Promise<void>;
interface Server {
  readonly middleware: Middleware[];
  readonly store: {
    listObjects(bucket: string, options: ListOptions): Promise<Listed>;
    putObjectMultipart(
      bucket: string,
      uploadId: string,
      parts: readonly { readonly number: number }[],
    ): Promise<unknown>;
  };
  run(): Promise<{ readonly port: number }>;
}
interface Canonical {
  readonly uri: string;
  readonly querystring: string;
}

// It comes without types.
const load = createRequire(import.meta.url);
const S3Server = load('@20minutes/s3rver') as new (options: object) => Server;
const S3Error = load('@20minutes/s3rver/lib/models/error.js') as new (
  code: string,
  message: string,
) => Error;
const signature = load('@20minutes/s3rver/lib/signature/v4.js') as {
  getStringToSign: (canonical: Canonical, request: unknown) => string;
};

// It forgets the slash that ends the path of a bucket, and leaves some characters as they are.
const { getStringToSign } = signature;
signature.getStringToSign = (canonical, request) => {
  const uri = canonical.uri.replace(/^\/[^/]+$/, '$&/');
  const querystring = canonical.querystring.replace(/[!'()*]/g, escaped);
  return getStringToSign({ ...canonical, uri, querystring }, request);
};

const encoded = (name: string) => encodeURIComponent(name).replace(/[!'()*]/g, escaped);
const escaped = (character: string) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;

const [directory = '', port = '0'] = process.argv.slice(2);
const server = new S3Server({
  directory,
  port: Number(port),
  address: '127.0.0.1',
  silent: true,
  configureBuckets: [{ name: 'models' }],
});

// It does not see folders that hold only folders.
const { store } = server;
const listObjects = store.listObjects.bind(store);
store.listObjects = async (bucket, { delimiter, ...options }) => {
  const listed = await listObjects(bucket, options);
  if (!delimiter) return listed;
  const start = options.prefix?.length ?? 0;
  const cutAt = ({ key }: { readonly key: string }) => key.indexOf(delimiter, start);
  const cut = listed.objects.filter((object) => cutAt(object) >= 0);
  const commonPrefixes = new Set(cut.map((object) => object.key.slice(0, cutAt(object) + 1)));
  const objects = listed.objects.filter((object) => cutAt(object) < 0);
  return { ...listed, objects, commonPrefixes: [...commonPrefixes] };
};

// It escapes names for XML twice, and knows no other way to write them.
const encodeNames: Middleware = async (context, next) => {
  await next();
  const result = context.body?.ListBucketResult;
  if (context.query['encoding-type'] !== 'url' || result === undefined) return;
  result.EncodingType = 'url';
  for (const entry of result.Contents) entry.Key = encoded(entry.Key);
  for (const entry of result.CommonPrefixes) entry.Prefix = encoded(entry.Prefix);
};

// It looks neither whether there is such an upload, nor for its parts, and knows no end of it but that
// it is completed.
const folderOf = (uploadId: string) =>
  join(directory, 'models', '._S3rver_uploads', uploadId.replaceAll('/', '_'));
const checkUpload: Middleware = async (context, next) => {
  const { uploadId } = context.query;
  if (uploadId === undefined) return next();
  const key = await readFile(join(folderOf(uploadId), 'key'), 'utf8').catch(() => null);
  if (key === null || `/models/${key}` !== decodeURIComponent(context.path)) {
    throw new S3Error('NoSuchUpload', 'The specified upload does not exist.');
  }
  if (context.method !== 'DELETE') return next();
  await rm(folderOf(uploadId), { recursive: true });
  context.status = 204;
};
const putObjectMultipart = store.putObjectMultipart.bind(store);
store.putObjectMultipart = async (bucket, uploadId, parts) => {
  for (const { number } of parts) {
    if (existsSync(join(folderOf(uploadId), String(number)))) continue;
    throw new S3Error('InvalidPart', 'One or more of the specified parts could not be found.');
  }
  return putObjectMultipart(bucket, uploadId, parts);
};

process.stdin.on('end', () => process.exit()).resume();
server.middleware.splice(-1, 0, encodeNames, checkUpload);
process.stdout.write(`${(await server.run()).port}\n`);
