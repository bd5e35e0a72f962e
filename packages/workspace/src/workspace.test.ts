import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tarOf } from './code/tar-bytes.fixture.ts';
import { temporaryFolder } from './files/temporary-folder.fixture.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** A workspace on Postgres may be opened by several servers, and is locked otherwise. */
const onFile = process.env.RIDGELINE_DATABASE === undefined;

let folder: string;
let toClose: Workspace[];
let toKill: ChildProcess[];

beforeEach(async () => {
  folder = join(await temporaryFolder(), '.ridgeline');
  toClose = [];
  toKill = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  for (const child of toKill) child.kill('SIGKILL');
  for (const workspace of toClose) await workspace.close();
});

async function open(options: { readonly clock?: () => number; readonly secretKey?: string } = {}) {
  const workspace = await openWorkspace({ folder, ...options });
  toClose.push(workspace);
  return workspace;
}

/** Another process on the same workspace, and what it says of opening it. */
async function openElsewhere(): Promise<{ readonly child: ChildProcess; readonly answer: string }> {
  const fixture = join(import.meta.dirname, 'open-workspace.fixture.ts');
  const child = spawn(process.execPath, [fixture, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  toKill.push(child);
  const [line] = await once(child.stdout, 'data');
  return { child, answer: String(line).trim() };
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

const modeOf = async (path: string) => (await stat(path)).mode & 0o777;

describe('a workspace', () => {
  test('takes a model through its life, and has all of it when it is opened again', async () => {
    const first = await open();
    const { experiment_id: experimentId } = await first.experiments.getOrCreate('diabetes');
    const { info } = await first.runs.create({ experimentId });
    await first.artifacts.write(info.run_id, 'model/MLmodel', Buffer.from('flavors: {}\n'));
    await first.models.createRegisteredModel({ name: 'diabetes' });
    const source = `runs:/${info.run_id}/model`;
    await first.models.createVersion({ name: 'diabetes', source });
    const { uri } = await first.datastores.default.write('d.csv', Buffer.from('X,Y\n1,2\n'));
    const asset = await first.data.create({ name: 'diabetes_ds', uri });
    const code = await first.code.store(tarOf({ path: 'step.ts', content: 'export {};' }));
    await first.secrets.set('storage', 'hunter2');
    const token = await first.identity.adminToken();
    await first.close();

    const again = await open();
    expect(again.folder).toBe(folder);
    expect((await again.experiments.getByName('diabetes')).experiment_id).toBe(experimentId);
    expect(await again.artifacts.list(info.run_id, 'model')).toHaveLength(1);
    const modelFolder = await again.models.versionFolder('diabetes', 1);
    expect(await readFile(join(modelFolder, 'MLmodel'), 'utf8')).toBe('flavors: {}\n');
    expect(await again.data.get('diabetes_ds', 'latest')).toEqual(asset);
    const work = join(folder, 'jobs', 'job', 'step', '1', 'code');
    await again.code.copyTo(code.id, work);
    await again.environments.prepare(null, work);
    expect((await readdir(work)).sort()).toEqual(['node_modules', 'step.ts']);
    expect(await again.secrets.get('storage')).toBe('hunter2');
    expect(await again.identity.authenticate(token)).toMatchObject({
      name: 'admin',
      role: 'Owner',
    });
  });

  test('keeps its parts where the design says, and for its owner only', async () => {
    const { runs, artifacts } = await open();
    const { info } = await runs.create({ experimentId: '0' });
    await artifacts.write(info.run_id, 'a.txt', Buffer.from('x'));
    expect(await modeOf(folder)).toBe(0o700);
    expect(await modeOf(join(folder, 'secrets.key'))).toBe(0o600);
    const names = await readdir(folder);
    expect(names).toEqual(
      expect.arrayContaining([
        ...['artifacts', 'datastores', 'secrets.key'],
        onFile ? 'workspace.db' : 'database.txt',
      ]),
    );
    const file = join(folder, 'artifacts', '0', info.run_id, 'artifacts', 'a.txt');
    expect(await readFile(file, 'utf8')).toBe('x');
  });

  test('stamps all that it makes with the clock that it is given', async () => {
    const { datastores, data, experiments } = await open({ clock: () => 1_000 });
    const { uri } = await datastores.default.write('d.csv', Buffer.from('X\n1\n'));
    expect((await data.create({ name: 'd', uri })).createdAt).toBe('1970-01-01T00:00:01.000Z');
    expect((await experiments.getOrCreate('e')).creation_time).toBe(1_000);
  });

  test('has no artifacts for a run that does not exist', async () => {
    const { artifacts } = await open();
    const refused = { code: 'RESOURCE_DOES_NOT_EXIST' };
    await expect(artifacts.list('../..')).rejects.toMatchObject(refused);
    await expect(artifacts.write('nobody', 'x', Buffer.from('x'))).rejects.toMatchObject(refused);
  });

  test('makes the folders above it, too', async () => {
    folder = join(folder, 'a', 'b');
    await open();
  });

  test('can be closed twice, and its folder given relative to the working folder', async () => {
    const workspace = await openWorkspace({ folder: relative(process.cwd(), folder) });
    expect(workspace.folder).toBe(folder);
    await workspace.close();
    await workspace.close();
  });
});

describe.runIf(onFile)(
  'only one at a time (skipped on Postgres, which several servers share)',
  () => {
    test('a second one in this process is refused', async () => {
      const first = await open();
      await expect(open()).rejects.toMatchObject({
        code: 'WORKSPACE_IN_USE',
        status: 409,
        message: expect.stringContaining(`this process (${process.pid}) itself`),
      });
      await first.close();
      await open();
    });

    test('one in another process is refused, named, and taken over once it was killed', async () => {
      const { child, answer } = await openElsewhere();
      expect(answer).toBe('open');
      await expect(open()).rejects.toMatchObject({
        code: 'WORKSPACE_IN_USE',
        message: `workspace '${folder}' is in use by process ${child.pid}; stop that first, or choose another folder`,
      });
      await kill(child);
      expect(await readFile(join(folder, 'workspace.pid'), 'utf8')).toBe(`${child.pid}\n`);
      await open();
    });

    test('of many that open at once, one gets it, round after round of kills', async () => {
      for (let round = 0; round < 2; round += 1) {
        const all = await Promise.all(Array.from({ length: 3 }, openElsewhere));
        expect(all.map(({ answer }) => answer).sort()).toEqual([
          'WORKSPACE_IN_USE',
          'WORKSPACE_IN_USE',
          'open',
        ]);
        await Promise.all(all.map(({ child }) => kill(child)));
      }
      await open();
    }, 60_000);

    test('a note of a process that is alive but has nothing to do with it does not matter', async () => {
      await (await open()).close();
      await writeFile(join(folder, 'workspace.pid'), `${process.ppid}\n`);
      await open();
    });

    test('a note that is missing or of a dead process is not repeated', async () => {
      const first = await open();
      for (const note of ['', '4194999\n', 'noise']) {
        await writeFile(join(folder, 'workspace.pid'), note);
        await expect(open()).rejects.toThrow('is in use by another process;');
      }
      await first.close();
    });
  },
);

describe('a workspace that cannot be opened', () => {
  test('has the wrong key: it says so, is not locked, and opens with the right one', async () => {
    await (await open()).close();
    const secretKey = randomBytes(32).toString('base64');
    await expect(open({ secretKey })).rejects.toMatchObject({ code: 'SECRET_KEY_WRONG' });
    await expect(open({ secretKey: 'short' })).rejects.toMatchObject({
      code: 'SECRET_KEY_INVALID',
    });
    await open();
  });

  test('takes its key from RIDGELINE_SECRET_KEY', async () => {
    vi.stubEnv('RIDGELINE_SECRET_KEY', randomBytes(32).toString('base64'));
    const token = await (await open()).identity.adminToken();
    await toClose.pop()?.close();
    expect(await readdir(folder)).not.toContain('secrets.key');
    expect(await (await open()).identity.adminToken()).toBe(token);
    await toClose.pop()?.close();
    vi.stubEnv('RIDGELINE_SECRET_KEY', undefined);
    await expect(open()).rejects.toMatchObject({ code: 'SECRET_KEY_MISSING' });
  });

  test('is a file, or lies below one', async () => {
    await writeFile(folder, 'file');
    await expect(open()).rejects.toMatchObject({
      code: 'WORKSPACE_CANNOT_OPEN',
      message: expect.stringContaining(`workspace folder '${folder}' cannot be used`),
    });
    for (const below of [join(folder, 'below'), join(folder, 'a', 'b'), '/proc/ridgeline/a']) {
      folder = below;
      await expect(open()).rejects.toMatchObject({ code: 'WORKSPACE_CANNOT_OPEN' });
    }
  });

  test.runIf(onFile)(
    'cannot be locked or written (skipped on Postgres, which has no lock)',
    async () => {
      await mkdir(join(folder, 'workspace.lock'), { recursive: true });
      await expect(open()).rejects.toMatchObject({ code: 'WORKSPACE_CANNOT_OPEN' });
      folder = `${folder}-2`;
      await mkdir(join(folder, 'workspace.pid'), { recursive: true });
      await writeFile(join(folder, 'workspace.lock'), '');
      await expect(open()).rejects.toMatchObject({ code: 'WORKSPACE_CANNOT_OPEN' });
    },
  );

  test('belongs to another database', async () => {
    vi.stubEnv('RIDGELINE_DATABASE', undefined);
    await mkdir(folder);
    await writeFile(join(folder, 'database.txt'), 'postgres://db.example/ml\n');
    await expect(open()).rejects.toMatchObject({
      code: 'WORKSPACE_FOLDER_INVALID',
      message: expect.stringContaining('has its database in postgres://db.example/ml'),
    });
    await rm(join(folder, 'database.txt'));
    await (await open()).close();
    vi.stubEnv('RIDGELINE_DATABASE', 'postgres://127.0.0.1:1/ml');
    await expect(open()).rejects.toMatchObject({ code: 'WORKSPACE_FOLDER_INVALID' });
  });

  test('is a folder of other things, which is left as it was', async () => {
    await mkdir(folder);
    await chmod(folder, 0o755);
    await writeFile(join(folder, 'thesis.tex'), '');
    await expect(open()).rejects.toMatchObject({
      code: 'WORKSPACE_FOLDER_INVALID',
      message: expect.stringContaining('holds other files and no workspace'),
    });
    expect(await modeOf(folder)).toBe(0o755);
    expect(await readdir(folder)).toEqual(['thesis.tex']);
  });

  test.runIf(onFile)(
    'has a damaged database: it is not locked afterwards (skipped on Postgres, which has no file)',
    async () => {
      await mkdir(folder);
      await writeFile(join(folder, 'workspace.db'), 'noise '.repeat(1_000));
      await expect(open()).rejects.toMatchObject({ code: 'DATABASE_CORRUPT' });
      await expect(open()).rejects.toMatchObject({ code: 'DATABASE_CORRUPT' });
    },
  );

  test('an empty folder is taken, and closed to others', async () => {
    await mkdir(folder);
    await chmod(folder, 0o755);
    await open();
    expect(await modeOf(folder)).toBe(0o700);
  });
});

test.runIf(onFile)(
  'what a process that was killed left half written is gone after opening (skipped on Postgres, where it may be another server’s)',
  async () => {
    await (await open()).close();
    const places = ['.incoming', 'artifacts/.incoming', 'datastores/.incoming', 'code/.incoming'];
    for (const place of places) {
      await mkdir(join(folder, place), { recursive: true });
      await writeFile(join(folder, place, 'half'), 'half');
    }
    await open();
    for (const place of places) {
      await expect(stat(join(folder, place)), place).rejects.toMatchObject({ code: 'ENOENT' });
    }
  },
);

test('an artifact written by a stream is there for the next reader', async () => {
  const { runs, artifacts } = await open();
  const { info } = await runs.create({ experimentId: '0' });
  async function* chunks() {
    for (const part of ['a', 'b', 'c']) yield Buffer.from(part);
  }
  await artifacts.write(info.run_id, 'log.txt', chunks());
  expect(await text((await artifacts.read(info.run_id, 'log.txt')).stream)).toBe('abc');
});
