// The command line at its edges: what a person gets who has made a mistake.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ridgeline, type Server, startServer } from './cli.ts';

let folder: string;
let workspace: string;
let server: Server;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'command-line-'));
  workspace = path.join(folder, 'workspace');
  server = await startServer(workspace);
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

const on = (...words: string[]) => ridgeline([...words, '-w', workspace], { cwd: folder });
const file = async (name: string, content: string) => {
  const place = path.join(folder, name);
  await mkdir(path.dirname(place), { recursive: true });
  await writeFile(place, content);
  return place;
};

describe('words', () => {
  test('that are no command are told with what there is, and end with 2', async () => {
    expect(await ridgeline(['jbo'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("unknown command 'jbo'"),
    });
  });

  test.each(['up', 'init', 'job create', 'data create', 'endpoint create', 'batch-score'])(
    '%s --help has an example',
    async (command) => {
      const { exitCode, stdout } = await ridgeline([...command.split(' '), '--help']);
      expect(exitCode).toBe(0);
      expect(stdout).toMatch(/Examples?:\n {2}ridgeline /);
    },
  );

  test('of an option that is missing end with 2', async () => {
    expect(await on('job', 'create')).toMatchObject({ exitCode: 2 });
    expect(await on('endpoint', 'create', '--name', 'x')).toMatchObject({ exitCode: 2 });
  });
});

describe('a server', () => {
  test('that does not run is told with the way to start one', async () => {
    const nowhere = await ridgeline(['job', 'list', '-w', path.join(folder, 'nowhere')]);
    expect(nowhere).toMatchObject({ exitCode: 1, stdout: '' });
    expect(nowhere.stderr).toMatch(/^error NOT_CONNECTED: .*ridgeline up/);
  });

  test('refuses a wrong token', async () => {
    const env = { RIDGELINE_URL: server.url, RIDGELINE_TOKEN: 'wrong' };
    const refused = await ridgeline(['job', 'list'], { env });
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error UNAUTHENTICATED: /);
  });

  test('is not started where its port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as { port: number };
    const second = path.join(folder, 'second');
    const refused = await ridgeline(['up', '-w', second, '--port', String(port)]);
    taken.close();
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/^error PORT_IN_USE: .*--port/);
  });

  test('is not started twice for a workspace', async () => {
    const refused = await ridgeline(['up', '-w', workspace, '--port', '0']);
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(/^error WORKSPACE_IN_USE: /);
  });
});

describe('files', () => {
  test('that are not there are named', async () => {
    const missing = await on('job', 'create', '-f', 'missing.yml');
    expect(missing).toMatchObject({ exitCode: 1 });
    expect(missing.stderr).toMatch(/^error FILE_NOT_FOUND: missing\.yml does not exist/);
  });

  test('with mistakes are told all at once, with line and column', async () => {
    const job = await file(
      'job.yml',
      [
        'type: pipeline',
        'jobs:',
        '  train:',
        '    comand: node train.ts',
        '  judge:',
        '    command: echo ${{inputs.model}}',
        '    inputs:',
        '      model: ${{parent.jobs.trian.outputs.model}}',
      ].join('\n'),
    );
    const { exitCode, stderr } = await on('job', 'create', '-f', job);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('error FILE_INVALID');
    expect(stderr).toMatch(/job\.yml:4:\d+: error .*command/);
    expect(stderr).toMatch(/job\.yml:8:\d+: error .*train/);
  });

  test('that are no table register nothing', async () => {
    const data = await file('ragged.csv', 'a,b\n1,2\n3\n');
    const refused = await on('data', 'create', '--name', 'ragged', '--path', data);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^error DATA_\w+: .*3/);
    expect(JSON.parse((await on('data', 'list', '--json')).stdout)).toEqual([]);
  });
});

describe('jobs', () => {
  const waitFor = async (name: string, yaml: string) =>
    on('job', 'create', '--wait', '-f', await file(name, yaml));

  test('that fail show code and last lines of the step, and exit with 1', async () => {
    const command = "sh -c 'echo before; echo cause >&2; exit 7'";
    const failed = await waitFor('fails.yml', `type: command\ncommand: ${command}\n`);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toMatch(/exited with code 7/);
    expect(failed.stderr).toContain('before\ncause');
  });

  test('whose step is killed say by what', async () => {
    const killed = await waitFor('killed.yml', 'type: command\ncommand: kill -9 $$\n');
    expect(killed.exitCode).toBe(1);
    expect(killed.stderr).toMatch(/killed by SIGKILL/);
  });

  test('say what of their file has no effect, and where they came from', async () => {
    const yaml = await file('warned.yml', 'command: echo hi\nresources: {shm_size: 2g}\n');
    const { exitCode, stdout, stderr } = await on('job', 'create', '-f', yaml, '--json');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ source: 'cli' });
    expect(stderr).toMatch(/warned\.yml:2:\d+: warning HAS_NO_EFFECT: 'resources\.shm_size'/);
  });

  test('can be cancelled, and say why', async () => {
    const yaml = await file('long.yml', 'type: command\ncommand: sleep 60\n');
    const { id } = JSON.parse((await on('job', 'create', '-f', yaml, '--json')).stdout);
    const words = ['job', 'cancel', id, '--reason', 'changed my mind', '--json'];
    const canceled = JSON.parse((await on(...words)).stdout);
    expect(canceled).toMatchObject({ status: 'Canceled', cancelReason: 'changed my mind' });
  });

  test('of which none has the id are not found', async () => {
    const missing = await on('job', 'show', 'f'.repeat(32));
    expect(missing).toMatchObject({ exitCode: 1 });
    expect(missing.stderr).toMatch(/^error JOB_NOT_FOUND: /);
  });
});
