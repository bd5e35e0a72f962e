import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  breakOff,
  hangUp,
  json,
  RecordingServer,
  testClient,
  text,
} from '../../test/recording-server.ts';
import type { RidgelineClient } from '../ridgeline-client.ts';

let server: RecordingServer;
let client: RidgelineClient;
let folder: string;
beforeEach(async () => {
  server = await RecordingServer.start();
  client = testClient(server.url);
  folder = await mkdtemp(path.join(tmpdir(), 'files-'));
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = { info: { artifact_uri: 'mlflow-artifacts:/1/r/artifacts' } };
const proxy = '/api/2.0/mlflow-artifacts/artifacts';

async function localFile(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

describe('an upload', () => {
  it('streams a file whole, with its length, again from the start after a lost connection', async () => {
    const content = Buffer.alloc(5_000_000, 'abcdefg');
    const file = await localFile('big.bin', content);
    server.answer(hangUp, json({ uri: 'azureml://x', sizeBytes: content.length, sha256: 'f' }));
    const stored = await client.datastores.upload('workspaceblobstore', 'in put/big.bin', file);
    expect(stored.sizeBytes).toBe(content.length);
    expect(server.lines[1]).toBe(
      'PUT /api/v1/datastores/workspaceblobstore/files/in%20put/big.bin',
    );
    const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
    for (const request of server.requests) {
      expect(request.headers['content-length']).toBe(String(content.length));
      expect(digest(request.body)).toBe(digest(content));
    }
  });

  it('takes bytes and text too', async () => {
    server.answer(json({}));
    await client.datastores.write('d', 'a.txt', 'héllo');
    await client.datastores.write('d', 'b.bin', new Uint8Array([1, 2]));
    expect(server.requests.map(({ body }) => [...body])).toEqual([
      [...Buffer.from('héllo')],
      [1, 2],
    ]);
  });

  it('of a file that is not there sends nothing', async () => {
    const upload = client.datastores.upload('d', 'a', path.join(folder, 'missing'));
    await expect(upload).rejects.toMatchObject({ code: 'LOCAL_PATH_NOT_FOUND', status: 404 });
    expect(server.requests).toEqual([]);
  });

  it('to a path that leaves its folder sends nothing', async () => {
    const file = await localFile('a', 'a');
    for (const target of ['../a', '/a', 'x/../../a']) {
      const upload = client.datastores.upload('d', target, file);
      await expect(upload).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    }
    expect(server.requests).toEqual([]);
  });
});

describe('a download', () => {
  it('starts again after it broke off, and gives exactly what the server sent', async () => {
    const content = Buffer.from([0, 255, 10, 13, 0]);
    server.answer(breakOff, text(content));
    const target = path.join(folder, 'new/folder/a.bin');
    await client.datastores.download('d', 'a.bin', target);
    expect(await readFile(target)).toEqual(content);
  });

  it('that fails leaves what was there, and nothing else', async () => {
    const target = await localFile('kept.txt', 'old');
    const hasty = testClient(server.url);
    server.answer(breakOff, json({ error: { code: 'FILE_GONE', message: 'gone' } }, 404));
    const download = hasty.datastores.download('d', 'a', target);
    await expect(download).rejects.toMatchObject({ code: 'FILE_GONE' });
    expect(await readFile(target, 'utf8')).toBe('old');
    expect(await readdir(folder)).toEqual(['kept.txt']);
  });

  it('to a place that cannot be written says so, once', async () => {
    const file = await localFile('file', '');
    server.answer(text('x'));
    const download = client.datastores.download('d', 'a', path.join(file, 'below'));
    await expect(download).rejects.toThrow(/ENOTDIR|EEXIST/);
    expect(server.requests).toHaveLength(1);
  });
});

describe('artifacts', () => {
  it.each(['mlflow-artifacts:/1/r/artifacts', 'mlflow-artifacts://host:5000/1/r/artifacts'])(
    'of %s go to the run below it',
    async (artifactUri) => {
      server.answer(json({ run: { info: { artifact_uri: artifactUri } } }), json({}));
      await client.artifacts.upload('r', await localFile('a.txt', 'hi'), 'outputs/a b.txt');
      expect(server.lines).toEqual([
        'GET /api/2.0/mlflow/runs/get?run_id=r',
        `PUT ${proxy}/1/r/artifacts/outputs/a%20b.txt`,
      ]);
    },
  );

  it('of a folder keep its layout', async () => {
    await localFile('model/MLmodel', 'm');
    await localFile('model/data/model.json', '{}');
    server.answer(json({ run }), json({}));
    await client.artifacts.uploadFolder('r', path.join(folder, 'model'), 'outputs/model');
    expect(server.lines.slice(1)).toEqual([
      `PUT ${proxy}/1/r/artifacts/outputs/model/MLmodel`,
      `PUT ${proxy}/1/r/artifacts/outputs/model/data/model.json`,
    ]);
  });

  it('of a folder that is not there say so', async () => {
    server.answer(json({ run }));
    for (const place of [path.join(folder, 'none'), await localFile('file', '')]) {
      const upload = client.artifacts.uploadFolder('r', place);
      await expect(upload).rejects.toMatchObject({ code: 'LOCAL_PATH_NOT_FOUND' });
    }
  });

  it('are listed and downloaded', async () => {
    const files = [{ path: 'outputs', is_dir: true }];
    server.answer(json({ files }), json({}), json({ run }), text('content'));
    expect(await client.artifacts.list('r')).toEqual(files);
    expect(await client.artifacts.list('r', 'outputs')).toEqual([]);
    const target = path.join(folder, 'a');
    await client.artifacts.download('r', 'outputs/a', target);
    expect(await readFile(target, 'utf8')).toBe('content');
    expect(server.lines[1]).toBe('GET /api/2.0/mlflow/artifacts/list?run_id=r&path=outputs');
  });
});
