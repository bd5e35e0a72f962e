import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OutputProblem, unpackOutputs } from './unpack-outputs.ts';

let folder: string;
let outputs: Map<string, string>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'outputs-'));
  outputs = new Map([
    ['model', path.join(folder, 'model')],
    ['note', path.join(folder, 'note')],
  ]);
});
afterEach(() => rm(folder, { recursive: true }));

async function unpack(text: string, blockLength = 7, maxBytes = 1_000): Promise<void> {
  await unpackOutputs(blocks(Buffer.from(text), blockLength), { outputs, maxBytes });
}

async function* blocks(bytes: Buffer, length: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += length) {
    yield bytes.subarray(start, start + length);
  }
}

const line = (entry: object) => `${JSON.stringify(entry)}\n`;
const base64 = (text: string) => Buffer.from(text).toString('base64');

test('folders and files are written, however the lines are cut', async () => {
  const text =
    line({ kind: 'folder', path: 'outputs/model' }) +
    line({ kind: 'file', path: 'outputs/model/ü.txt', data: base64('one ') }) +
    line({ kind: 'more', path: 'outputs/model/ü.txt', data: base64('two') }) +
    line({ kind: 'file', path: 'outputs/note', data: base64('three') });
  for (const length of [1, 7, 10_000]) {
    await unpack(text, length);
    expect(await readFile(path.join(folder, 'model', 'ü.txt'), 'utf8')).toBe('one two');
    expect(await readFile(path.join(folder, 'note'), 'utf8')).toBe('three');
  }
});

describe('what is no output is refused, and nothing of it written', () => {
  test.each([
    ['another name', line({ kind: 'folder', path: 'outputs/other' })],
    ['another place', line({ kind: 'folder', path: 'code/x' })],
    ['a way up', line({ kind: 'file', path: 'outputs/model/../../x', data: '' })],
    ['an absolute path', line({ kind: 'file', path: '/etc/x', data: '' })],
    ['an empty part', line({ kind: 'file', path: 'outputs/model//x', data: '' })],
    ['NUL', line({ kind: 'file', path: 'outputs/model/a\0', data: '' })],
    ['another kind', line({ kind: 'link', path: 'outputs/model/x', data: '' })],
    ['a file without data', line({ kind: 'file', path: 'outputs/model/x' })],
    ['no JSON', 'hello\n'],
    ['a line that was cut', '{"kind":"folder"'],
    ['null', 'null\n'],
  ])('%s', async (_what, text) => {
    await expect(unpack(text)).rejects.toThrow(OutputProblem);
    expect(await readdir(folder)).toEqual([]);
  });

  test('more than may be', async () => {
    const text = line({ kind: 'file', path: 'outputs/note', data: base64('x'.repeat(1_001)) });
    await expect(unpack(text)).rejects.toThrow('more than 1000 bytes');
  });

  test('a line without end', async () => {
    await expect(unpack('x'.repeat(5_000_000), 1_000_000)).rejects.toThrow('cannot be read');
  });

  test('whatever comes, nothing is written elsewhere', async () => {
    const part = fc.constantFrom('outputs', 'model', '..', '.', '', 'x', '\\', 'note');
    const entry = fc.record({
      kind: fc.constantFrom('file', 'folder', 'more'),
      path: fc.array(part, { maxLength: 5 }).map((parts) => parts.join('/')),
      data: fc.constant(base64('x')),
    });
    const property = fc.asyncProperty(fc.array(entry, { maxLength: 3 }), async (entries) => {
      await unpack(entries.map(line).join(''), 100).catch(() => {});
      const names = await readdir(folder);
      expect(names.filter((name) => name !== 'model' && name !== 'note')).toEqual([]);
    });
    await fc.assert(property);
  });
});
