// Signing in from the command line: as a person by a code in a browser, as a program, with a token.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser } from '../../packages/server/test/browser.ts';
import { bin, ridgeline, type Server, startServer } from './cli.ts';

let folder: string;
let workspace: string;
let server: Server;
const password = 'a sentence that nobody guesses';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sign-in-'));
  workspace = path.join(folder, 'workspace');
  server = await startServer(workspace);
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As the owner on the server's machine. */
const owner = async (...words: string[]) => {
  const ended = await ridgeline([...words, '-w', workspace, '--json'], { cwd: folder });
  expect(ended.exitCode, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
};

/** As somebody on another machine: with a config folder of their own, and no workspace. */
function machine(name: string) {
  const config = path.join(folder, name);
  const env = { RIDGELINE_CONFIG_DIR: config, RIDGELINE_URL: server.url };
  const run = (...words: string[]) => ridgeline(words, { cwd: folder, env });
  return { env, run, file: path.join(config, 'credentials.json') };
}

async function withInput(words: readonly string[], env: Record<string, string>, input: string) {
  const child = spawn(process.execPath, [bin, ...words], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr };
}

async function loginByBrowser(env: Record<string, string>, name: string) {
  const child = spawn(process.execPath, [bin, 'login'], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const stdout = text(child.stdout);
  let shown = '';
  for await (const piece of child.stderr) {
    shown += piece;
    const [, url, code] = /Open (\S+)\nand enter the code (\S+)\n/.exec(shown) ?? [];
    if (url === undefined || code === undefined) continue;
    shown = '';
    const entered = await (await new Browser().get(url)).submit({ user_code: code });
    const login = await entered.submit({ confirm: 'yes' });
    await login.submit({ name, password });
  }
  return stdout;
}

describe('a person', () => {
  const laptop = () => machine('laptop');

  test('is invited, sets a password, and signs in by a code', async () => {
    const { invitation } = await owner('user', 'create', 'alice', '--role', 'Contributor');
    await (await new Browser().get(invitation.url)).submit({ password, again: password });
    const { env, run, file } = laptop();
    expect(await loginByBrowser(env, 'alice')).toContain('as alice (Contributor)');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await run('whoami')).stdout).toMatch(/name +alice\n/);
    expect((await run('job', 'list')).exitCode).toBe(0);
    expect(await run('user', 'list')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('needs the role Owner'),
    });
  });

  test('stays signed in, also when several commands renew the sign-in at once', async () => {
    const { run, file } = laptop();
    const kept = JSON.parse(await readFile(file, 'utf8'));
    kept.servers[server.url].expiresAt = 0;
    await writeFile(file, JSON.stringify(kept));
    const all = await Promise.all([run('whoami'), run('whoami'), run('whoami')]);
    expect(all.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
    expect((await run('whoami')).exitCode).toBe(0);
  });

  test('signs out, and what was kept is good for nothing', async () => {
    const { env, run, file } = laptop();
    const { accessToken } = JSON.parse(await readFile(file, 'utf8')).servers[server.url];
    expect((await run('logout')).stdout).toContain('signed out');
    expect((await run('whoami')).stderr).toContain('NOT_SIGNED_IN');
    const stolen = await ridgeline(['whoami'], {
      cwd: folder,
      env: { ...env, RIDGELINE_TOKEN: accessToken },
    });
    expect(stolen).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('UNAUTHENTICATED'),
    });
  });
});

describe('a service principal', () => {
  test('signs in as the Azure CLI does, and keeps its secret from the process list', async () => {
    const made = await owner('service-principal', 'create', 'nightly', '--role', 'Contributor');
    const { env, run } = machine('agent');
    const who = ['--service-principal', '-u', made.appId, '--tenant', made.tenant];
    const { stdout } = await withInput(['login', ...who, '-p', '-'], env, `${made.password}\n`);
    expect(stdout).toContain('as nightly (Contributor)');
    expect((await run('whoami', '--json')).stdout).toContain('servicePrincipal');
    const wrong = await run('login', ...who, '-p', 'wrong');
    expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('SIGN_IN_FAILED') });
    expect(await run('login', '--service-principal')).toMatchObject({ exitCode: 2 });
  });
});

describe('an access token', () => {
  test('is made, used, listed and revoked', async () => {
    const made = await owner(
      'token',
      'create',
      '--name',
      'ci',
      '--role',
      'Reader',
      '--expires-in',
      '12h',
    );
    const { env, run } = machine('ci');
    const { stdout } = await withInput(['login', '--token'], env, made.token);
    expect(stdout).toContain('as ci (Reader)');
    expect((await run('job', 'list')).exitCode).toBe(0);
    expect(JSON.stringify(await owner('token', 'list', '--all'))).not.toContain(made.token);
    await owner('token', 'revoke', made.id);
    expect((await run('job', 'list')).stderr).toContain('UNAUTHENTICATED');
  });

  test('of a time that is none is refused before anything is sent', async () => {
    const { run } = machine('ci');
    const ended = await run('token', 'create', '--name', 'x', '--expires-in', 'soon');
    expect(ended.exitCode).not.toBe(0);
  });
});

test('issuers, tenants and keys are looked after by an owner', async () => {
  const issuer = 'https://login.example/tenant/v2.0';
  const roles = ['--map-role', 'group-1=Contributor', '--map-role', 'app-1=Reader'];
  const added = await owner(
    'issuer',
    'add',
    '--issuer',
    issuer,
    '--audience',
    'api://lab',
    ...roles,
  );
  expect(added.roles).toEqual({ 'group-1': 'Contributor', 'app-1': 'Reader' });
  expect(await owner('issuer', 'list')).toHaveLength(1);
  await owner('issuer', 'delete', added.id);
  expect(await owner('tenant', 'add', 'lab.example')).toContain('lab.example');
  await owner('tenant', 'delete', 'lab.example');
  const { kid } = await owner('keys', 'rotate');
  expect((await owner('keys', 'list'))[0].kid).toBe(kid);
});

test.each([
  'login',
  'logout',
  'whoami',
  'token create',
  'user create',
  'service-principal create',
  'issuer add',
])('%s --help has an example', async (command) => {
  const { stdout } = await ridgeline([...command.split(' '), '--help']);
  expect(stdout).toMatch(/Examples?:\n {2}ridgeline /);
});
