// Writes what a cluster has sent back to where the outputs of the step are to stand. What comes is
// checked: a step's program could have written anything in its place.
import { mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BundleEntry } from './bundle.ts';

export interface OutputPlaces {
  /** Of each output the path where it is to stand. */
  readonly outputs: ReadonlyMap<string, string>;
  readonly maxBytes: number;
}

/** A line of the cluster's holds a piece of 512 KiB, and what stands around it. */
const maxLineLength = 4 * 1024 * 1024;

export class OutputProblem extends Error {}

/** @throws OutputProblem */
export async function unpackOutputs(
  blocks: AsyncIterable<Uint8Array>,
  { outputs, maxBytes }: OutputPlaces,
): Promise<void> {
  let total = 0;
  for await (const line of linesOf(blocks)) {
    const entry = parseEntry(line);
    const target = placeOf(entry.path, outputs);
    if (entry.kind === 'folder') {
      await mkdir(target, { recursive: true });
      continue;
    }
    const data = Buffer.from(entry.data, 'base64');
    total += data.length;
    if (total > maxBytes) throw new OutputProblem(`the outputs have more than ${maxBytes} bytes`);
    await writePiece(target, data, entry.kind);
  }
}

async function writePiece(target: string, data: Buffer, kind: 'file' | 'more'): Promise<void> {
  if (kind === 'file') {
    await mkdir(path.dirname(target), { recursive: true });
    await rm(target, { force: true });
  }
  await using handle = await open(target, kind === 'file' ? 'wx' : 'a');
  await handle.writeFile(data);
}

async function* linesOf(blocks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let waiting = '';
  const decoder = new TextDecoder();
  for await (const block of blocks) {
    const lines = (waiting + decoder.decode(block, { stream: true })).split('\n');
    waiting = lines.pop() ?? '';
    if (waiting.length > maxLineLength) throw unreadable();
    yield* lines;
  }
  if (waiting !== '') throw unreadable();
}

function parseEntry(line: string): BundleEntry {
  try {
    const entry = JSON.parse(line) as Partial<Record<'kind' | 'path' | 'data', unknown>>;
    const isKnown = ['folder', 'file', 'more'].includes(String(entry.kind));
    const hasData = entry.kind === 'folder' || typeof entry.data === 'string';
    if (isKnown && hasData && typeof entry.path === 'string') return entry as BundleEntry;
  } catch {
    // Refused below, as is every other thing that is no entry.
  }
  throw unreadable();
}

function placeOf(sent: string, outputs: ReadonlyMap<string, string>): string {
  const [first, name = '', ...rest] = sent.split('/');
  const place = outputs.get(name);
  const isPlain = rest.every((part) => part !== '' && part !== '.' && part !== '..');
  if (first !== 'outputs' || place === undefined || !isPlain || /[\0\\]/.test(sent)) {
    throw new OutputProblem(
      `the cluster has sent ${JSON.stringify(sent.slice(0, 200))}, which is no output`,
    );
  }
  return path.join(place, ...rest);
}

function unreadable(): OutputProblem {
  return new OutputProblem('what the cluster has sent as outputs cannot be read');
}
