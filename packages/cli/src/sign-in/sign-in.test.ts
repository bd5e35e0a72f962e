// The sign-ins that are kept on this machine, against a real server.
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { type RunningServer, startServer } from '@ridgeline/server';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../connection/connect.ts';
import {
  alone,
  configFolder,
  forgetSignIn,
  keepSignIn,
  readCredentials,
  type SignIn,
} from './credentials-file.ts';
import { currentToken } from './current-token.ts';

let folder: string;
let server: RunningServer;
let owner: RidgelineClient;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sign-in-'));
  server = await startServer({ folder: path.join(folder, 'workspace'), port: 0, logger: false });
  owner = new RidgelineClient({ url: server.url, token: server.token });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  vi.stubEnv('RIDGELINE_CONFIG_DIR', await mkdtemp(path.join(folder, 'config-')));
  vi.stubEnv('RIDGELINE_URL', undefined);
  vi.stubEnv('RIDGELINE_TOKEN', undefined);
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const file = () => path.join(configFolder(), 'credentials.json');
const elsewhere = path.join(tmpdir(), 'no-workspace-is-here');

async function program(expiresAt: number): Promise<SignIn> {
  const name = `program-${crypto.randomUUID().slice(0, 8)}-x`;
  const { appId, tenantId: tenant } = await owner.servicePrincipals.create({
    name,
    role: 'Reader',
  });
  const { secret } = await owner.servicePrincipals.addSecret(appId);
  return {
    kind: 'servicePrincipal',
    tenant,
    clientId: appId,
    secret,
    accessToken: 'old',
    expiresAt,
  };
}

describe('the file', () => {
  test('is for its owner’s eyes only, and whole', async () => {
    await keepSignIn('http://a', { kind: 'token', token: 'one' });
    await keepSignIn('http://b', { kind: 'token', token: 'two' });
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect(await readCredentials()).toEqual({
      current: 'http://b',
      servers: {
        'http://a': { kind: 'token', token: 'one' },
        'http://b': { kind: 'token', token: 'two' },
      },
    });
    await forgetSignIn('http://b');
    expect(await readCredentials()).toMatchObject({ current: null });
    expect(await readFile(file(), 'utf8')).not.toContain('two');
  });

  test.each(['', '{"servers": "secret"', '[]', 'null', '{"servers": null}'])(
    'that holds %j is told without a word of it',
    async (content) => {
      await keepSignIn('http://a', { kind: 'token', token: 'one' });
      await writeFile(file(), content);
      await expect(readCredentials()).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' });
      await expect(readCredentials()).rejects.not.toThrow('secret');
    },
  );

  test('is worked on by one at a time', async () => {
    let inside = 0;
    const most: number[] = [];
    const work = () =>
      alone(async () => {
        inside += 1;
        most.push(inside);
        await new Promise((resolve) => setTimeout(resolve, 5));
        inside -= 1;
      });
    await Promise.all([work(), work(), work()]);
    expect(most).toEqual([1, 1, 1]);
  });
});

describe('a token', () => {
  test('that is about to end is replaced, and the new one kept', async () => {
    await keepSignIn(server.url, await program(Date.now() + 10_000));
    const token = await currentToken(server.url);
    expect(token).not.toBe('old');
    expect(await currentToken(server.url)).toBe(token);
    const me = await new RidgelineClient({ url: server.url, token }).tokens.me();
    expect(me).toMatchObject({ kind: 'servicePrincipal', role: 'Reader' });
  });

  test('that is good is taken as it is', async () => {
    await keepSignIn(server.url, await program(Date.now() + 3_600_000));
    expect(await currentToken(server.url)).toBe('old');
  });

  test('of a sign-in that is over says how to begin again', async () => {
    const signIn = await program(0);
    await owner.servicePrincipals.delete('clientId' in signIn ? signIn.clientId : '');
    await keepSignIn(server.url, signIn);
    await expect(currentToken(server.url)).rejects.toMatchObject({
      code: 'SIGN_IN_EXPIRED',
      message: expect.stringContaining(`ridgeline login --url ${server.url}`),
    });
  });

  test('of nobody who has signed in says how to', async () => {
    await expect(currentToken('http://nowhere')).rejects.toMatchObject({
      code: 'NOT_SIGNED_IN',
      message: expect.stringContaining('ridgeline login --url http://nowhere'),
    });
  });
});

describe('a command', () => {
  test('is for the server that was signed in to last, where none is named or runs here', async () => {
    await keepSignIn(server.url, { kind: 'token', token: server.token });
    const client = await connect({ workspace: elsewhere });
    expect(await client.tokens.me()).toMatchObject({ name: 'admin' });
  });

  test('is for the one that runs here before that', async () => {
    await keepSignIn('http://other.example', { kind: 'token', token: 'x' });
    const client = await connect({ workspace: server.folder });
    expect(client.url).toBe(server.url);
  });

  test('takes RIDGELINE_TOKEN before a sign-in', async () => {
    await keepSignIn(server.url, { kind: 'token', token: 'wrong' });
    vi.stubEnv('RIDGELINE_TOKEN', server.token);
    const client = await connect({ workspace: elsewhere, url: server.url });
    expect(await client.tokens.me()).toMatchObject({ name: 'admin' });
  });

  test('that finds no server and no sign-in says what to type', async () => {
    await expect(connect({ workspace: elsewhere })).rejects.toMatchObject({
      code: 'NOT_CONNECTED',
      message: expect.stringContaining('ridgeline login --url'),
    });
  });
});
