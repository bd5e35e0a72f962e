import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { list } from 'tar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hangUp, json, RecordingServer, testClient } from '../../test/recording-server.ts';
import { listCodeFiles } from './list-code-files.ts';
import { packFiles } from './pack-files.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'code-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(...files: readonly string[]): Promise<void> {
  for (const file of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), `content of ${file}`);
  }
}

async function pack(): Promise<Buffer> {
  return await buffer(packFiles(folder, await listCodeFiles(folder)));
}

async function namesIn(archive: Buffer): Promise<string[]> {
  const names: string[] = [];
  const reader = list({ onReadEntry: (entry) => names.push(entry.path) });
  await new Promise((resolve) => reader.on('end', resolve).end(archive));
  return names;
}

describe('the files of a snapshot', () => {
  it('leave out node_modules, .git and .ridgeline at any depth', async () => {
    await write('a.ts', 'sub/b.ts', 'node_modules/x/i.js', 'sub/node_modules/y.js');
    await write('.git/HEAD', '.ridgeline/workspace.db');
    expect(await listCodeFiles(folder)).toEqual(['a.ts', 'sub/b.ts']);
  });

  it('leave out what .gitignore names', async () => {
    await write('a.ts', 'out/x.bin', 'b.log');
    await writeFile(path.join(folder, '.gitignore'), 'out/\n*.log\n');
    expect(await listCodeFiles(folder)).toEqual(['.gitignore', 'a.ts']);
  });

  it('follow .amlignore alone where there is one', async () => {
    await write('a.ts', 'b.log', 'data/big.csv');
    await writeFile(path.join(folder, '.gitignore'), '*.log');
    await writeFile(path.join(folder, '.amlignore'), 'data/');
    expect(await listCodeFiles(folder)).toEqual(['.amlignore', '.gitignore', 'a.ts', 'b.log']);
  });

  it('may not be links, unless left out', async () => {
    await write('a.ts');
    await symlink('/etc/passwd', path.join(folder, 'link'));
    const refused = { code: 'CODE_LINK_NOT_ALLOWED', message: expect.stringContaining('link') };
    await expect(listCodeFiles(folder)).rejects.toMatchObject(refused);
    await writeFile(path.join(folder, '.amlignore'), 'link');
    expect(await listCodeFiles(folder)).toEqual(['.amlignore', 'a.ts']);
  });

  it('must not be none', async () => {
    await write('node_modules/x.js');
    await expect(listCodeFiles(folder)).rejects.toMatchObject({ code: 'CODE_FOLDER_EMPTY' });
  });

  it('need a folder', async () => {
    await write('a.ts');
    for (const place of ['missing', 'a.ts']) {
      const listing = listCodeFiles(path.join(folder, place));
      await expect(listing).rejects.toMatchObject({ code: 'LOCAL_PATH_NOT_FOUND' });
    }
  });
});

describe('the packed snapshot', () => {
  it('holds the files by their paths, odd names too', async () => {
    const long = `${'deep/'.repeat(30)}${'n'.repeat(90)}.ts`;
    await write('b.ts', '@scope/a.ts', '-x.ts', 'ü b.ts', long);
    const names = await namesIn(await pack());
    expect(names.map((name) => name.replace('./', '')).sort()).toEqual(
      ['-x.ts', '@scope/a.ts', 'b.ts', long, 'ü b.ts'].sort(),
    );
  });

  it('is the same bytes for the same files, whenever they were written', async () => {
    await write('a.ts', 'sub/b.ts');
    const first = await pack();
    await utimes(path.join(folder, 'a.ts'), 1_000_000, 1_000_000);
    expect(await pack()).toEqual(first);
  });
});

it('upload sends the archive, again from its start after a lost connection', async () => {
  await write('a.ts', 'b.ts');
  const server = await RecordingServer.start();
  try {
    const snapshot = { id: 'f'.repeat(64), fileCount: 2, sizeBytes: 28 };
    server.answer(hangUp, json(snapshot));
    expect(await testClient(server.url).code.upload(folder)).toEqual(snapshot);
    expect(server.lines).toEqual(['POST /api/v1/code', 'POST /api/v1/code']);
    const last = server.requests.at(-1);
    expect(last?.headers['content-type']).toBe('application/x-tar');
    expect(await namesIn(last?.body ?? Buffer.alloc(0))).toEqual(['./a.ts', './b.ts']);
  } finally {
    await server.stop();
  }
});
