import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { create } from 'tar';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { codeId } from './code-id.ts';
import { CodeStore } from './code-store.ts';
import { endMark, paxEntry, tarEntry, tarOf } from './tar-bytes.fixture.ts';

let folder: string;
let code: CodeStore;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'code');
  code = await CodeStore.open(folder);
});

const read = async (id: string, path: string) =>
  readFile(join(await code.folder(id), path), 'utf8');

/** What stands in the store, or nothing where it was not made at all. */
const visible = async () => readdir(folder).catch(() => []);

const inChunks = (bytes: Buffer, size: number) =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    ),
  );

describe('storing', () => {
  test('what a packer made of a project reads back as it was', async () => {
    const project = await temporaryFolder();
    await mkdir(join(project, 'training', 'empty'), { recursive: true });
    await writeFile(join(project, 'training', 'train.ts'), 'export {};\n');
    await writeFile(join(project, 'run.sh'), '#!/bin/sh\n');
    await chmod(join(project, 'run.sh'), 0o755);
    const stored = await code.store(create({ cwd: project }, ['.']));
    expect(stored).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{64}$/),
      fileCount: 2,
      sizeBytes: 21,
    });
    expect(await read(stored.id, 'training/train.ts')).toBe('export {};\n');
    expect((await stat(join(await code.folder(stored.id), 'run.sh'))).mode & 0o100).not.toBe(0);
    const { mode } = await stat(join(await code.folder(stored.id), 'training/train.ts'));
    expect(mode & 0o111).toBe(0);
  });

  test('the id is that of the content: sorted paths, executable bits, digests', async () => {
    const { id } = await code.store(tarOf({ path: 'a', content: 'abc' }));
    const sha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
    expect(id).toBe(codeId([{ path: 'a', executable: false, sha256 }]));
    expect(id).toBe('0bd5c2574d7c9c06d965de6ac94234ebb9425d6f9714e9efa0fa8ff2d5166484');
  });

  test('the same content is one folder, however it was packed', async () => {
    const project = await temporaryFolder();
    await writeFile(join(project, 'b.ts'), '2');
    await writeFile(join(project, 'a.ts'), '1');
    await utimes(join(project, 'a.ts'), 1, 1);
    const ids = await Promise.all([
      code.store(create({ cwd: project }, ['.'])),
      code.store(create({ cwd: project, portable: true }, ['b.ts', 'a.ts'])),
      code.store(tarOf({ path: 'b.ts', content: '2' }, { path: './a.ts', content: '1' })),
    ]);
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
    expect((await visible()).filter((name) => name !== '.incoming')).toEqual([ids[0]?.id]);
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  test('a path, a byte or an executable bit makes another snapshot', async () => {
    const archives = [
      tarOf({ path: 'a', content: '1' }),
      tarOf({ path: 'b', content: '1' }),
      tarOf({ path: 'a', content: '2' }),
      tarOf({ path: 'a', content: '1', mode: 0o755 }),
    ];
    const stored = await Promise.all(archives.map((archive) => code.store(archive)));
    expect(new Set(stored.map(({ id }) => id)).size).toBe(4);
  });

  test('trailing zeros after the end mark are padding', async () => {
    const archive = Buffer.concat([tarOf({ path: 'a', content: '1' }), Buffer.alloc(200_000)]);
    expect(await code.store(inChunks(archive, 4_096))).toMatchObject({ fileCount: 1 });
  });

  test('any tree of files survives, however the stream is cut into chunks', async () => {
    // Folders and files end differently, so that no path is both.
    const files = fc.dictionary(
      fc.stringMatching(/^([a-zäß ]{1,60}\.d\/){0,3}[a-z]{1,3}\.x$/),
      fc.uint8Array({ maxLength: 2_000 }),
      { minKeys: 1, maxKeys: 6 },
    );
    await fc.assert(
      fc.asyncProperty(files, fc.integer({ min: 1, max: 3_000 }), async (tree, chunkBytes) => {
        const entries = Object.entries(tree);
        const archive = Buffer.concat([
          ...entries.map(([path, content]) => paxEntry(path, { content })),
          endMark,
        ]);
        const { id, fileCount } = await code.store(inChunks(archive, chunkBytes));
        expect(fileCount).toBe(entries.length);
        for (const [path, content] of entries) {
          expect(await readFile(join(await code.folder(id), path))).toEqual(Buffer.from(content));
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('using', () => {
  test('a working copy can be changed, and the snapshot stays', async () => {
    const { id } = await code.store(tarOf({ path: 'src/a.ts', content: '1', mode: 0o755 }));
    const copy = join(await temporaryFolder(), 'code');
    await code.copyTo(id, copy);
    expect((await stat(join(copy, 'src/a.ts'))).mode & 0o100).not.toBe(0);
    await writeFile(join(copy, 'src/a.ts'), 'changed');
    expect(await read(id, 'src/a.ts')).toBe('1');
  });

  test.each(['', '..', '../x', 'nothing', 'a'.repeat(64), `${'a'.repeat(64)}/x`])(
    'no snapshot has the id %j',
    async (id) => {
      const refused = { code: 'CODE_NOT_FOUND', status: 404 };
      await expect(code.folder(id)).rejects.toMatchObject(refused);
      await expect(code.copyTo(id, join(folder, 'x'))).rejects.toMatchObject(refused);
    },
  );
});

describe('an archive that is refused leaves nothing', () => {
  const file = { path: 'ok.ts', content: 'x' };
  const invalid = { code: 'CODE_ARCHIVE_INVALID', status: 400 };
  const badPath = { code: 'CODE_PATH_INVALID', status: 400 };

  async function expectRefused(archive: Buffer | Readable, expected: object): Promise<void> {
    await expect(code.store(archive)).rejects.toMatchObject(expected);
    expect((await visible()).filter((name) => name !== '.incoming')).toEqual([]);
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  }

  test.each([
    ['a way up', '../evil'],
    ['a way up in the middle', 'a/../../evil'],
    ['a way up behind ./', './../evil'],
    ['an absolute path', '/tmp/evil'],
    ['a doubled slash in front', '//evil'],
    ['a drive', 'C:/evil'],
    ['a backslash', 'a\\evil'],
    ['a dot in the middle', 'a/./b'],
    ['an empty part', 'a//b'],
    ['a line break', 'a\nb'],
  ])('%s as path of a file', async (_name, path) => {
    await expectRefused(tarOf(file, { path, content: 'x' }), badPath);
  });

  test('a way up as path of a folder, and in an extended header', async () => {
    await expectRefused(tarOf(file, { path: '../evil/', type: '5' }), badPath);
    await expectRefused(Buffer.concat([tarEntry(file), paxEntry('../evil'), endMark]), badPath);
    await expectRefused(Buffer.concat([paxEntry('/etc/evil'), endMark]), badPath);
  });

  test('a path too long, as a whole or in one part', async () => {
    const long = Array.from({ length: 52 }, () => 'a'.repeat(9)).join('/');
    await expectRefused(Buffer.concat([paxEntry(long), endMark]), {
      ...badPath,
      message: expect.stringContaining('longer than 512 characters'),
    });
    await expectRefused(Buffer.concat([paxEntry('a'.repeat(256)), endMark]), badPath);
  });

  test('a path that is no UTF-8', async () => {
    const entry = tarOf({ path: 'aab', content: 'x' });
    const changed = Buffer.from(entry);
    changed[1] = 0xff;
    const header = changed.subarray(0, 512);
    header.write(' '.repeat(8), 148);
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    await expectRefused(changed, badPath);
  });

  test.each([
    ['a symbolic link', { path: 'link', type: '2', linkPath: '/etc/passwd' }],
    ['a symbolic link inside', { path: 'link', type: '2', linkPath: 'ok.ts' }],
    ['a hard link', { path: 'link', type: '1', linkPath: 'ok.ts' }],
    ['a character device', { path: 'null', type: '3' }],
    ['a block device', { path: 'disk', type: '4' }],
    ['a pipe', { path: 'pipe', type: '6' }],
    ['a kind that nobody knows', { path: 'what', type: 'Z' }],
    ['a link by another name', { path: 'file', type: '0', linkPath: '/etc/passwd' }],
  ])('%s', async (_name, entry) => {
    await expectRefused(tarOf(file, entry), invalid);
  });

  test('a file that goes through a link of the same archive', async () => {
    await expectRefused(
      tarOf({ path: 'out', type: '2', linkPath: '/tmp' }, { path: 'out/evil', content: 'x' }),
      invalid,
    );
  });

  test('a name used twice, as file and file or as file and folder', async () => {
    await expectRefused(tarOf(file, file), invalid);
    await expectRefused(tarOf(file, { path: 'ok.ts/inner', content: 'x' }), invalid);
    await expectRefused(tarOf({ path: 'a/b', content: 'x' }, { path: 'a', content: 'x' }), invalid);
  });

  test('a damaged header', async () => {
    const archive = tarOf(file, { path: 'second.ts', content: 'y' });
    archive[1024 + 3] = 0x41;
    await expectRefused(archive, invalid);
  });

  test('nothing, noise, an archive without files, and a compressed one', async () => {
    await expectRefused(Buffer.alloc(0), invalid);
    await expectRefused(Buffer.from('this is no tar'), invalid);
    await expectRefused(Buffer.alloc(4_096, 'noise'), invalid);
    await expectRefused(endMark, invalid);
    await expectRefused(tarOf({ path: './', type: '5' }), invalid);
    await expectRefused(Buffer.from([0x1f, 0x8b, 8, 0]), {
      ...invalid,
      message: expect.stringContaining('compressed'),
    });
  });

  test('an upload cut off at any byte', async () => {
    const archive = tarOf(file, { path: 'second.ts', content: 'y'.repeat(700) });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: archive.length - 1 }), async (length) => {
        await expectRefused(archive.subarray(0, length), invalid);
      }),
      { numRuns: 60, examples: [[1024], [1024 + 512 + 1024], [archive.length - 512]] },
    );
  });

  test('an upload whose connection breaks', async () => {
    const source = Readable.from(
      (async function* () {
        yield tarEntry(file);
        throw new Error('connection lost');
      })(),
    );
    await expect(code.store(source)).rejects.toThrow('connection lost');
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  test.each([
    ['at its path', [tarEntry({ path: '../evil', content: 'x' })], 'CODE_PATH_INVALID'],
    [
      'while an entry before it is half read',
      [tarEntry({ path: 'a', content: 'x'.repeat(600) }), tarEntry({ path: 'l', type: '2' })],
      'CODE_ARCHIVE_INVALID',
    ],
  ])('%s, although the client waits and sends nothing more', async (_name, sent, expected) => {
    const source = new PassThrough();
    source.write(Buffer.concat(sent));
    await expectRefused(source, { code: expected });
  });

  test('half an entry, then silence, then a lost connection', async () => {
    const source = new PassThrough();
    source.write(tarEntry({ path: 'a', size: 5_000, content: 'half' }));
    setTimeout(() => source.destroy(new Error('connection lost')), 50);
    await expect(code.store(source)).rejects.toThrow('connection lost');
    expect(await readdir(join(folder, '.incoming'))).toEqual([]);
  });

  test('more bytes than allowed are refused by the header, before they are read', async () => {
    let sent = 0;
    const source = Readable.from(
      (async function* () {
        yield tarEntry({ path: 'large', size: 100 * 1024 * 1024 + 1 }).subarray(0, 512);
        for (; ; sent += 1) yield Buffer.alloc(64 * 1024);
      })(),
    );
    await expectRefused(source, { code: 'CODE_TOO_LARGE', status: 413 });
    expect(sent).toBeLessThan(100);
    expect(source.destroyed).toBe(true);
  });

  test('exactly as many bytes and entries as allowed pass; one more does not', async () => {
    const limits = { maxSizeBytes: 10, maxEntries: 2, maxPathLength: 512 };
    code = await CodeStore.open(folder, limits);
    const a = { path: 'a', content: '12345' };
    const tooLarge = { code: 'CODE_TOO_LARGE' };
    await expectRefused(tarOf(a, { path: 'b', content: '123456' }), tooLarge);
    await expectRefused(tarOf(a, { path: 'b' }, { path: 'c' }), tooLarge);
    await expectRefused(tarOf(a, { path: 'b/', type: '5' }, { path: 'c' }), tooLarge);
    expect(await code.store(tarOf(a, { path: 'b', content: '12345' }))).toMatchObject({
      fileCount: 2,
      sizeBytes: 10,
    });
  });

  test('ten thousand and one files', async () => {
    const entries = Array.from({ length: 10_001 }, (_, index) => tarEntry({ path: `f${index}` }));
    await expectRefused(inChunks(Buffer.concat([...entries, endMark]), 65_536), {
      code: 'CODE_TOO_LARGE',
      message: expect.stringContaining('10000 files'),
    });
  });

  test('headers without end', async () => {
    code = await CodeStore.open(folder, { maxSizeBytes: 10, maxEntries: 2, maxPathLength: 512 });
    const header = tarEntry({ path: 'g', type: 'g', content: '20 comment=aaaaaaaa\n' });
    const source = Readable.from(
      (async function* () {
        for (;;) yield header;
      })(),
    );
    await expectRefused(source, { code: 'CODE_TOO_LARGE' });
  });

  test('an extended header too large to be a path', async () => {
    const archive = tarOf({ path: 'x', type: 'x', content: 'x'.repeat(70_000) }, file);
    await expectRefused(archive, invalid);
  });
});

test('a process killed in the middle of an upload leaves nothing that can be seen', async () => {
  const fixture = join(import.meta.dirname, 'half-upload.fixture.ts');
  const child = spawn(process.execPath, [fixture, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await readdir(folder)).toEqual(['.incoming']);
  await CodeStore.open(folder);
  expect(await readdir(folder)).toEqual([]);
});
