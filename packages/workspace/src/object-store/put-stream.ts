// A stream of any length as one object, with one part of it in memory at a time. A stream that breaks
// leaves nothing that can be seen.
import { createHash } from 'node:crypto';
import type { ByteSource, WrittenFile } from '../files/durable-files.ts';
import type { ObjectStore, UploadedPart } from './object-store.ts';

const partBytes = 8 * 1024 * 1024;
// A store takes 10,000 parts at most: they grow, so that a TiB fits.
const partsOfOneSize = 400;

export async function putStream(
  store: ObjectStore,
  key: string,
  content: ByteSource,
): Promise<WrittenFile & { readonly etag: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const measure = (part: Uint8Array) => {
    hash.update(part);
    sizeBytes += part.length;
    return part;
  };
  const etag = await putParts(store, key, inParts(content), measure);
  return { etag, sizeBytes, sha256: hash.digest('hex') };
}

async function putParts(
  store: ObjectStore,
  key: string,
  parts: AsyncGenerator<Uint8Array, Uint8Array>,
  measure: (part: Uint8Array) => Uint8Array,
): Promise<string> {
  let next = await parts.next();
  // Nearly all are this short, and go in one request.
  if (next.done) return store.put(key, measure(next.value));
  const { uploads } = store;
  const uploadId = await uploads.create(key);
  try {
    const done: UploadedPart[] = [];
    for (; ; next = await parts.next()) {
      const part = done.length + 1;
      done.push({ part, etag: await uploads.put(key, uploadId, part, measure(next.value)) });
      if (next.done) return await uploads.complete(key, uploadId, done);
    }
  } catch (error) {
    await uploads.abort(key, uploadId).catch(() => {});
    throw error;
  } finally {
    // Ends the source where the store has failed.
    await parts.return(Buffer.alloc(0));
  }
}

/** Yields full parts, and returns the last one, which is never empty after another. */
async function* inParts(content: ByteSource): AsyncGenerator<Uint8Array, Uint8Array> {
  let waiting: Uint8Array[] = [];
  let length = 0;
  let count = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    for (let rest: Uint8Array = chunk; rest.length > 0; ) {
      const wanted = partBytes * (1 + Math.floor(count / partsOfOneSize));
      if (length === wanted) {
        yield Buffer.concat(waiting);
        [waiting, length, count] = [[], 0, count + 1];
        continue;
      }
      // Copied, as a source may use its buffer again.
      const taken = Buffer.from(rest.subarray(0, wanted - length));
      waiting.push(taken);
      length += taken.length;
      rest = rest.subarray(taken.length);
    }
  }
  return Buffer.concat(waiting);
}
