// What every artifact store must do, whatever it keeps the files in.
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import type { ArtifactStore } from './artifact-store.ts';

/**
 * @param open an empty store that knows the runs 'run-a' and 'run-b', and no others.
 * @param runs of a property; fewer where each takes several requests.
 */
export function artifactStoreConformance(
  open: () => Promise<ArtifactStore>,
  runs: { readonly bytes: number; readonly paths: number } = { bytes: 25, paths: 300 },
): void {
  let store: ArtifactStore;

  beforeEach(async () => {
    store = await open();
  });

  const contentOf = async (path: string) => text((await store.read('run-a', path)).stream);

  describe('files', () => {
    test('a file reads back as it was written, with its size and digest', async () => {
      const written = await store.write('run-a', 'model/MLmodel', Buffer.from('abc'));
      expect(written.sizeBytes).toBe(3);
      expect(written.sha256).toBe(
        'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
      );
      const { sizeBytes, stream } = await store.read('run-a', 'model/MLmodel');
      expect(sizeBytes).toBe(3);
      expect(await text(stream)).toBe('abc');
    });

    test('any bytes survive, in chunks of any size', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 3_000 })), async (chunks) => {
          await store.write('run-a', 'bytes', Readable.from(chunks.map((c) => Buffer.from(c))));
          expect(await buffer((await store.read('run-a', 'bytes')).stream)).toEqual(
            Buffer.concat(chunks),
          );
        }),
        { numRuns: runs.bytes },
      );
    });

    test('a second write replaces the file', async () => {
      await store.write('run-a', 'note.txt', Buffer.from('a longer first version'));
      await store.write('run-a', 'note.txt', Buffer.from('second'));
      expect(await contentOf('note.txt')).toBe('second');
    });

    test('writers of one path at once leave one of their files, whole', async () => {
      const contents = Array.from({ length: 8 }, (_, index) => String(index).repeat(50_000));
      await Promise.all(contents.map((c) => store.write('run-a', 'race', Buffer.from(c))));
      expect(contents).toContain(await contentOf('race'));
    });

    test.each([
      ['the first bytes', { start: 0, end: 2 }, 'abc', 0],
      ['bytes in the middle', { start: 3, end: 3 }, 'd', 3],
      ['bytes to the end', { start: 4 }, 'ef', 4],
      ['more than there are', { start: 4, end: 99 }, 'ef', 4],
      ['the last bytes', { last: 2 }, 'ef', 4],
      ['more of the last than there are', { last: 99 }, 'abcdef', 0],
    ])('a range of a file: %s', async (_name, range, expected, startByte) => {
      await store.write('run-a', 'letters', Buffer.from('abcdef'));
      const content = await store.read('run-a', 'letters', range);
      expect(content).toMatchObject({
        sizeBytes: expected.length,
        range: { startByte, totalBytes: 6 },
      });
      expect(await text(content.stream)).toBe(expected);
    });

    test.each([{ start: 6 }, { start: 3, end: 2 }, { last: 0 }])(
      'a range that is not in the file, %o, is refused',
      async (range) => {
        await store.write('run-a', 'letters', Buffer.from('abcdef'));
        const reading = store.read('run-a', 'letters', range);
        await expect(reading).rejects.toMatchObject({ code: 'ARTIFACT_RANGE_INVALID' });
      },
    );

    test('what is kept of a run can be discarded whole, and of another experiment stays', async () => {
      await store.write('run-a', 'a/b', Buffer.from('x'));
      await store.discard('2', 'run-a');
      expect(await store.list('run-a')).toHaveLength(1);
      await store.discard('1', 'run-a');
      await store.discard('1', 'run-a');
      expect(await store.list('run-a')).toEqual([]);
    });

    test('runs do not see the files of one another', async () => {
      await store.write('run-a', 'mine', Buffer.from('a'));
      expect(await store.list('run-b')).toEqual([]);
      await expect(store.read('run-b', 'mine')).rejects.toMatchObject({
        code: 'ARTIFACT_NOT_FOUND',
      });
    });

    test('a source that breaks leaves nothing, and an older file as it was', async () => {
      await store.write('run-a', 'kept', Buffer.from('old'));
      const broken = (): Readable =>
        Readable.from(
          (async function* () {
            yield Buffer.from('half');
            throw new Error('connection lost');
          })(),
        );
      await expect(store.write('run-a', 'kept', broken())).rejects.toThrow('connection lost');
      await expect(store.write('run-a', 'new', broken())).rejects.toThrow('connection lost');
      expect(await contentOf('kept')).toBe('old');
      expect((await store.list('run-a')).map((entry) => entry.path)).toEqual(['kept']);
    });

    test('a source that is destroyed without an error counts as broken', async () => {
      const source = new Readable({ read() {} });
      source.push('half');
      setImmediate(() => source.destroy());
      await expect(store.write('run-a', 'cut', source)).rejects.toThrow();
      expect(await store.list('run-a')).toEqual([]);
    });

    test('a missing file, and a folder read as a file, are not found', async () => {
      await store.write('run-a', 'model/MLmodel', Buffer.from('x'));
      for (const path of ['nothing', 'model', 'model/MLmodel/deeper']) {
        await expect(store.read('run-a', path)).rejects.toMatchObject({
          code: 'ARTIFACT_NOT_FOUND',
          message: expect.stringContaining(`'${path}'`),
        });
      }
    });

    test('a file and a folder cannot share a name', async () => {
      await store.write('run-a', 'model/MLmodel', Buffer.from('x'));
      for (const path of ['model', 'model/MLmodel/deeper']) {
        await expect(store.write('run-a', path, Buffer.from('y'))).rejects.toMatchObject({
          code: 'ARTIFACT_PATH_INVALID',
        });
      }
    });
  });

  describe('list', () => {
    test('shows one level by name, as MLflow does, with sizes of files only', async () => {
      await store.write('run-a', 'b.txt', Buffer.from('12345'));
      await store.write('run-a', 'a/deep/c.txt', Buffer.from(''));
      expect(await store.list('run-a')).toEqual([
        { path: 'a', is_dir: true },
        { path: 'b.txt', is_dir: false, file_size: 5 },
      ]);
      expect(await store.list('run-a', 'a/deep')).toEqual([
        { path: 'a/deep/c.txt', is_dir: false, file_size: 0 },
      ]);
    });

    test('is empty for a file, for nothing, and for a run without artifacts', async () => {
      expect(await store.list('run-a')).toEqual([]);
      await store.write('run-a', 'file', Buffer.from('x'));
      expect(await store.list('run-a', 'file')).toEqual([]);
      expect(await store.list('run-a', 'nothing')).toEqual([]);
    });
  });

  describe('local paths', () => {
    test('lead to the files', async () => {
      await store.write('run-a', 'model/MLmodel', Buffer.from('flavors'));
      const folder = await store.localPath('run-a', 'model');
      expect(await readFile(join(folder, 'MLmodel'), 'utf8')).toBe('flavors');
    });

    test('are not given for what is not there', async () => {
      await expect(store.localPath('run-a', 'model')).rejects.toMatchObject({
        code: 'ARTIFACT_NOT_FOUND',
      });
    });
  });

  describe('delete', () => {
    test('takes a file, a folder, or all; and minds nothing that is not there', async () => {
      for (const path of ['a/x', 'a/y', 'b']) {
        await store.write('run-a', path, Buffer.from('x'));
      }
      await store.delete('run-a', 'a/x');
      await store.delete('run-a', 'a/x');
      await store.delete('run-a', 'a/y/deeper');
      expect((await store.list('run-a', 'a')).map((entry) => entry.path)).toEqual(['a/y']);
      await store.delete('run-a', 'a');
      expect((await store.list('run-a')).map((entry) => entry.path)).toEqual(['b']);
      await store.delete('run-a');
      expect(await store.list('run-a')).toEqual([]);
    });
  });

  describe('adopting a folder', () => {
    let source: string;

    beforeEach(async () => {
      source = join(await temporaryFolder(), 'output');
      await mkdir(join(source, 'sub', 'empty'), { recursive: true });
      await writeFile(join(source, 'MLmodel'), 'flavors');
      await writeFile(join(source, 'sub', 'weights'), '123');
    });

    test('that is empty gives an empty one', async () => {
      await store.adoptFolder('run-a', 'outputs/none', join(source, 'sub', 'empty'));
      expect(await store.list('run-a', 'outputs')).toEqual([
        { path: 'outputs/none', is_dir: true },
      ]);
      expect(await readdir(await store.localPath('run-a', 'outputs/none'))).toEqual([]);
    });

    test('moves it in, whole', async () => {
      await store.adoptFolder('run-a', 'outputs/model', source);
      expect(await contentOf('outputs/model/sub/weights')).toBe('123');
      expect(await store.list('run-a', 'outputs/model')).toEqual([
        { path: 'outputs/model/MLmodel', is_dir: false, file_size: 7 },
        { path: 'outputs/model/sub', is_dir: true },
      ]);
      await expect(readdir(source)).rejects.toMatchObject({ code: 'ENOENT' });
    });

    test('never replaces what is there', async () => {
      await store.write('run-a', 'model', Buffer.from('x'));
      await expect(store.adoptFolder('run-a', 'model', source)).rejects.toMatchObject({
        code: 'ARTIFACT_ALREADY_EXISTS',
        status: 409,
      });
      expect(await readdir(source)).toEqual(['MLmodel', 'sub']);
    });

    test('refuses a place below a file', async () => {
      await store.write('run-a', 'model', Buffer.from('x'));
      await expect(store.adoptFolder('run-a', 'model/deep/er', source)).rejects.toMatchObject({
        code: 'ARTIFACT_PATH_INVALID',
      });
      expect(await readdir(source)).toEqual(['MLmodel', 'sub']);
    });

    test('refuses a folder that holds a link, wherever it points', async () => {
      await symlink('../MLmodel', join(source, 'sub', 'link'));
      await expect(store.adoptFolder('run-a', 'model', source)).rejects.toMatchObject({
        code: 'ARTIFACT_PATH_INVALID',
        message: expect.stringContaining(join(source, 'sub', 'link')),
      });
      expect(await store.list('run-a')).toEqual([]);
    });

    test('takes a single file, too', async () => {
      await store.adoptFolder('run-a', 'logs/std_log.txt', join(source, 'MLmodel'));
      expect(await contentOf('logs/std_log.txt')).toBe('flavors');
      expect(await readdir(source)).toEqual(['sub']);
    });

    test('refuses a link, and nothing', async () => {
      await symlink(source, `${source}-link`);
      await expect(store.adoptFolder('run-a', 'model', `${source}-link`)).rejects.toMatchObject({
        code: 'ARTIFACT_PATH_INVALID',
      });
      await expect(store.adoptFolder('run-a', 'model', `${source}-none`)).rejects.toMatchObject({
        code: 'ARTIFACT_NOT_FOUND',
      });
    });
  });

  describe('a path cannot leave its run', () => {
    const actions: Record<string, (path: string) => Promise<unknown>> = {
      write: (path) => store.write('run-a', path, Buffer.from('x')),
      read: (path) => store.read('run-a', path),
      list: (path) => store.list('run-a', path),
      localPath: (path) => store.localPath('run-a', path),
      delete: (path) => store.delete('run-a', path),
      adoptFolder: (path) => store.adoptFolder('run-a', path, '/no-such-folder'),
    };
    const hostile = [
      ['an empty path', ''],
      ['the parent', '..'],
      ['a way up', '../run-b/artifacts/x'],
      ['a way up in the middle', 'a/../../x'],
      ['itself', '.'],
      ['an absolute path', '/etc/passwd'],
      ['a drive', 'C:/x'],
      ['backslashes', 'a\\..\\..\\x'],
      ['a NUL', 'a\0b'],
      ['a line break', 'a\nb'],
      ['an empty part', 'a//b'],
      ['a slash at the end', 'a/'],
      ['half a character', 'a\ud800'],
      ['a part too long', 'x'.repeat(256)],
      ['too many parts', 'ab/'.repeat(400)],
    ] as const;

    test.each(Object.keys(actions))('%s', async (action) => {
      for (const [name, path] of hostile) {
        await expect(actions[action]?.(path), name).rejects.toMatchObject({
          code: 'ARTIFACT_PATH_INVALID',
          status: 400,
        });
      }
    });

    test('any text is either refused or names a place inside, taken as it is written', async () => {
      const part = fc.oneof(
        fc.constantFrom('..', '.', '', '%2e%2e', '..%2f', '~', 'a', 'b c', 'é', '\\', '\0', 'C:'),
        fc.string({ maxLength: 4 }),
      );
      const paths = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
      await fc.assert(
        fc.asyncProperty(paths, async (path) => {
          try {
            await store.write('run-a', path, Buffer.from(path));
          } catch (error) {
            expect(error).toMatchObject({ code: 'ARTIFACT_PATH_INVALID' });
            return;
          }
          const place = await store.localPath('run-a', path);
          expect(place).toBe(normalize(place));
          expect(place.endsWith(join(sep, path))).toBe(true);
          expect(await readFile(place, 'utf8')).toBe(path);
          expect(await contentOf(path)).toBe(path);
          await store.delete('run-a', path.split('/')[0]);
        }),
        { numRuns: runs.paths },
      );
      expect(await store.list('run-b')).toEqual([]);
    });

    test('an unknown run has no artifacts', async () => {
      await expect(store.list('run-c')).rejects.toMatchObject({
        code: 'RESOURCE_DOES_NOT_EXIST',
      });
    });
  });
}
