import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readdir, readFile, type rename, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, test } from 'vitest';
import { RidgelineError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { artifactStoreConformance } from './artifact-store.conformance.ts';
import { FolderArtifactStore } from './folder-artifact-store.ts';
import { partUploadsConformance } from './part-uploads.conformance.ts';

let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'artifacts');
});

async function experimentIdOf(runId: string): Promise<string> {
  if (runId === 'run-a' || runId === 'run-b') return '1';
  throw new RidgelineError('RESOURCE_DOES_NOT_EXIST', `run ${runId} does not exist`);
}

const open = (renameEntry?: typeof rename) =>
  FolderArtifactStore.open({
    folder,
    experimentIdOf,
    ...(renameEntry === undefined ? {} : { rename: renameEntry }),
  });

describe('a folder as artifact store', () => {
  artifactStoreConformance(() => open());
  describe('parts', () => partUploadsConformance(() => open()));
});

describe('where another file system begins', () => {
  const crossDevice: typeof rename = async (from) => {
    throw Object.assign(new Error('EXDEV: cross-device link not permitted'), {
      code: 'EXDEV',
      path: from,
    });
  };
  artifactStoreConformance(() => open(crossDevice));
});

describe('links that something else put into the tree', () => {
  test('are not followed out of the run, by any way', async () => {
    const store = await open();
    await store.write('run-a', 'real/file', Buffer.from('mine'));
    const outside = await temporaryFolder();
    await writeFile(join(outside, 'secret'), 'not yours');
    const root = join(folder, '1', 'run-a', 'artifacts');
    await symlink(outside, join(root, 'out'));
    await symlink(join(outside, 'secret'), join(root, 'secret'));
    await symlink('../../run-b', join(root, 'other-run'));
    await symlink(join(outside, 'not-there'), join(root, 'dangling'));
    for (const path of ['out', 'out/secret', 'secret', 'other-run/artifacts/x', 'dangling']) {
      const refused = { code: 'ARTIFACT_PATH_INVALID' };
      await expect(store.read('run-a', path)).rejects.toMatchObject(refused);
      await expect(store.localPath('run-a', path)).rejects.toMatchObject(refused);
      await expect(store.list('run-a', path)).rejects.toMatchObject(refused);
      await expect(store.delete('run-a', path)).rejects.toMatchObject(refused);
      await expect(store.write('run-a', path, Buffer.from('x'))).rejects.toMatchObject(refused);
    }
    expect(await store.list('run-a')).toEqual([{ path: 'real', is_dir: true }]);
    expect(await readdir(outside)).toEqual(['secret']);
  });

  test('may lead elsewhere in the same run', async () => {
    const store = await open();
    await store.write('run-a', 'real/file', Buffer.from('mine'));
    await symlink('real', join(folder, '1', 'run-a', 'artifacts', 'alias'));
    expect(await text((await store.read('run-a', 'alias/file')).stream)).toBe('mine');
  });

  test('are removed with the artifacts, and not what they point at', async () => {
    const store = await open();
    await store.write('run-a', 'file', Buffer.from('x'));
    const outside = await temporaryFolder();
    await writeFile(join(outside, 'kept'), 'kept');
    await symlink(outside, join(folder, '1', 'run-a', 'artifacts', 'out'));
    await store.delete('run-a');
    expect(await readFile(join(outside, 'kept'), 'utf8')).toBe('kept');
  });
});

describe('a process killed in the middle of an upload', () => {
  test.each(['new/file', 'old'])('leaves %s as it was before', async (path) => {
    await (await open()).write('run-a', 'old', Buffer.from('old content'));
    const fixture = join(import.meta.dirname, 'half-upload.fixture.ts');
    const child = spawn(process.execPath, [fixture, folder, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(join(folder, '.incoming'))).toHaveLength(1);

    const store = await open();
    expect(await store.list('run-a')).toEqual([{ path: 'old', is_dir: false, file_size: 11 }]);
    expect(await text((await store.read('run-a', 'old')).stream)).toBe('old content');
    await expect(stat(join(folder, '.incoming'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

test('the layout is that of the design: experiment, run, artifacts', async () => {
  const store = await open();
  await store.write('run-a', 'a/b', Buffer.from('x'));
  const place = join(folder, '1', 'run-a', 'artifacts', 'a', 'b');
  expect(await readFile(place, 'utf8')).toBe('x');
  expect(await store.localPath('run-a', 'a/b')).toBe(place);
});

test('adopting on the same file system renames, so that a large folder costs nothing', async () => {
  const source = join(await temporaryFolder(), 'output');
  await mkdir(source);
  await writeFile(join(source, 'large'), 'x');
  const { ino } = await stat(join(source, 'large'));
  const store = await open();
  await store.adoptFolder('run-a', 'out', source);
  expect((await stat(await store.localPath('run-a', 'out/large'))).ino).toBe(ino);
});
