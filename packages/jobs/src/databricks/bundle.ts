// What a step takes along to a cluster, and brings back, as lines of JSON: first the step itself,
// then folders and files, a large file in several lines. Lines, so that either side reads and writes
// them without holding more than one.
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

export interface BundledStep {
  /** Its paths are those of the cluster. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The names of the outputs. */
  readonly outputs: readonly string[];
}

export type BundleEntry =
  | { readonly kind: 'folder'; readonly path: string }
  | {
      readonly kind: 'file';
      readonly path: string;
      /** Base64. */
      readonly data: string;
      readonly executable: boolean;
    }
  /** More of the file before. */
  | { readonly kind: 'more'; readonly path: string; readonly data: string };

/** A file or folder of this machine, and the relative path that it gets on the cluster. */
export interface Packed {
  readonly source: string;
  readonly path: string;
}

/** 512 KiB: with base64 and JSON around it, a line stays below 1 MiB. */
const pieceBytes = 512 * 1024;

export async function* writeBundle(
  step: BundledStep,
  packed: readonly Packed[],
): AsyncGenerator<Uint8Array> {
  yield lineOf(step);
  for (const each of packed) yield* packAny(each);
}

async function* packAny({ source, path: target }: Packed): AsyncGenerator<Uint8Array> {
  const stats = await lstat(source);
  if (stats.isDirectory()) {
    yield lineOf({ kind: 'folder', path: target });
    for (const name of (await readdir(source)).toSorted()) {
      yield* packAny({ source: path.join(source, name), path: `${target}/${name}` });
    }
  } else if (stats.isFile()) {
    yield* packFile(source, target, (stats.mode & 0o100) !== 0);
  }
}

async function* packFile(
  source: string,
  target: string,
  executable: boolean,
): AsyncGenerator<Uint8Array> {
  yield lineOf({ kind: 'file', path: target, data: '', executable });
  for await (const piece of createReadStream(source, { highWaterMark: pieceBytes })) {
    yield lineOf({ kind: 'more', path: target, data: piece.toString('base64') });
  }
}

function lineOf(value: BundledStep | BundleEntry): Uint8Array {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}
