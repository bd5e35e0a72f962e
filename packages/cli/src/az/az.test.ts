// The stand-in as steps call it: what it is, which one is taken, and who is signed in.
import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { chmod, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AzLab } from './az.fixture.ts';
import { azFolder } from './az-folder.ts';

const identity = "az (Ridgeline's stand-in, not the Azure CLI)";
let lab: AzLab;

beforeAll(async () => {
  lab = await AzLab.open();
});

afterAll(() => lab.close());

beforeEach(() => lab.forget());

async function principal() {
  const name = `principal-${randomUUID()}`;
  const { appId, tenantId: tenant } = await lab.client.servicePrincipals.create({
    name,
    role: 'Contributor',
  });
  const { secret } = await lab.client.servicePrincipals.addSecret(name);
  return { appId, tenant, secret };
}

describe('what it is', () => {
  test('it says on the first line of standard error, and prints a version alone', async () => {
    const { code, stdout, stderr } = await lab.az(['version', '-o', 'json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${identity}\n` });
    expect(JSON.parse(stdout)).toHaveProperty('azure-cli');
    expect((await lab.az(['--version'])).stdout).toMatch(/^azure-cli \d/);
    expect((await lab.az(['version', '--only-show-errors'])).stderr).toBe('');
  });

  test('a call that it does not answer is named, with what it answers and how to get the real one', async () => {
    const { code, stdout, stderr } = await lab.az([
      'keyvault',
      'secret',
      'set',
      '--value',
      'hunter2',
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("does not answer 'az keyvault secret set'");
    expect(stderr).toContain('ml model deploy');
    expect(stderr).toContain("set the variable RIDGELINE_AZ to 'real'");
    expect(stderr).not.toContain('hunter2');
    expect((await lab.az(['ml', 'modle', 'list'])).stderr).toContain(
      'Did you mean "ml model list"',
    );
  });

  test('help lists its calls, and the flags of one', async () => {
    expect((await lab.az(['--help'])).stdout).toContain('az account get-access-token');
    expect((await lab.az(['ml', 'model', 'deploy', '-h'])).stdout).toContain(
      '--name -n  (required)',
    );
  });
});

describe('the real one, where it is asked for', () => {
  test('is the next on the PATH, with its words, output and exit code', async () => {
    const bin = path.join(lab.folder, 'bin');
    await mkdir(bin, { recursive: true });
    await writeFile(path.join(bin, 'az'), '#!/bin/sh\necho "real: $*"\nexit 5\n');
    await chmod(path.join(bin, 'az'), 0o755);
    const PATH = `${azFolder}:${bin}:${process.env.PATH}`;
    const found = await lab.az(['group', 'list', '-o', 'tsv'], { PATH, RIDGELINE_AZ: 'real' });
    expect(found).toEqual({ code: 5, stdout: 'real: group list -o tsv\n', stderr: '' });
    expect((await lab.az(['group', 'list'], { PATH })).stderr).toContain(identity);
  });

  test('and is missing, or the choice is none: both are told', async () => {
    const PATH = `${azFolder}:/usr/bin:/bin`;
    const missing = await lab.az(['version'], { PATH, RIDGELINE_AZ: 'Real' });
    expect(missing.code, missing.stderr).toBe(127);
    expect(missing.stderr).toContain('the real Azure CLI is asked for');
    const odd = await lab.az(['version'], { RIDGELINE_AZ: 'fake' });
    expect(odd.code, odd.stderr).toBe(2);
    expect(odd.stderr).toContain("takes 'stand-in' or 'real'");
  });
});

describe('signing in', () => {
  test('as a principal of the workspace, by its secret, kept for its owner alone', async () => {
    const { appId, tenant, secret } = await principal();
    const words = ['login', '--service-principal', '-u', appId, '-p', secret, '--tenant', tenant];
    const { code, stdout, stderr } = await lab.az([...words, '--allow-no-subscriptions']);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      { tenantId: tenant, user: { name: appId, type: 'servicePrincipal' }, state: 'Enabled' },
    ]);
    expect(stdout + stderr).not.toContain(secret);
    const file = path.join(lab.env.AZURE_CONFIG_DIR ?? '', 'ridgeline-az.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);

    await lab.az(['account', 'set', '--subscription=sub-1']);
    expect((await lab.az(['account', 'show', '--query', 'id', '-o', 'tsv'])).stdout).toBe(
      'sub-1\n',
    );
    const token = await lab.az(['account', 'get-access-token', '--resource', 'https://x']);
    const { accessToken, expiresOn, expires_on, ...rest } = JSON.parse(token.stdout);
    expect(rest).toEqual({ subscription: 'sub-1', tenant, tokenType: 'Bearer' });
    expect(expiresOn).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{6}$/);
    expect(expires_on * 1000).toBeGreaterThan(Date.now());
    const me = await new RidgelineClient({ url: lab.server.url, token: accessToken }).tokens.me();
    expect(me).toMatchObject({ kind: 'servicePrincipal', role: 'Contributor' });

    expect((await lab.az(['logout'])).code).toBe(0);
    expect((await lab.az(['account', 'show'])).code).toBe(1);
  });

  test('by a token that its key has signed, which is kept in no file', async () => {
    const { appId, tenant } = await principal();
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    await lab.client.servicePrincipals.addKey(appId, pem);
    const claims = {
      iss: appId,
      sub: appId,
      aud: `${lab.server.url}/${tenant}/oauth2/v2.0/token`,
      exp: Math.floor(Date.now() / 1000) + 600,
      jti: randomUUID(),
    };
    const parts = [{ alg: 'RS256', typ: 'JWT' }, claims].map((part) =>
      Buffer.from(JSON.stringify(part)).toString('base64url'),
    );
    const signature = sign('sha256', Buffer.from(parts.join('.')), privateKey);
    const assertion = [...parts, signature.toString('base64url')].join('.');
    const words = ['login', '--service-principal', '-u', appId, '--tenant', tenant];
    const { code, stdout, stderr } = await lab.az([...words, '--federated-token', assertion]);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([{ user: { name: appId } }]);
    const kept = await readFile(path.join(lab.env.AZURE_CONFIG_DIR ?? '', 'ridgeline-az.json'));
    expect(kept.toString()).not.toContain(assertion);
    expect((await lab.az(['account', 'show'])).code).toBe(0);
  });

  test('with a wrong secret is refused, and the secret is in no message', async () => {
    const { appId, tenant } = await principal();
    const words = ['login', '--service-principal', `-u=${appId}`, '--tenant', tenant];
    for (const proof of [['--password=hunter2'], ['-phunter2'], ['--federated-token', 'hunter2']]) {
      const { code, stdout, stderr } = await lab.az([...words, ...proof]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(`the stand-in signs in to the workspace at ${lab.server.url}`);
      expect(stderr).not.toContain('hunter2');
    }
  });

  test('without a proof, or in a browser, is refused with what to give', async () => {
    const nothing = await lab.az([
      'login',
      '--service-principal',
      '-u',
      'a',
      '-p',
      '',
      '--tenant',
      't',
    ]);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain('is the variable that holds it empty?');
    expect((await lab.az(['login'])).stderr).toContain('opens no browser');
  });

  test('by the token of the environment', async () => {
    const { stdout } = await lab.az(['login', '--identity'], lab.signedIn);
    expect(JSON.parse(stdout)).toMatchObject([{ id: '00000000-0000-0000-0000-000000000000' }]);
    const token = await lab.az(
      ['account', 'get-access-token', '--query', 'accessToken', '-o', 'tsv'],
      {
        SYSTEM_ACCESSTOKEN: lab.server.token,
      },
    );
    expect(token.stdout).toBe(`${lab.server.token}\n`);
  });

  test('where nobody has, a pipeline hears what to do', async () => {
    const { code, stderr } = await lab.az(['account', 'show'], { TF_BUILD: 'True' });
    expect(code).toBe(1);
    expect(stderr).toContain("RIDGELINE_TOKEN: '$(System.AccessToken)'");
  });

  test('a file of sign-ins that is broken is named, and not shown', async () => {
    const file = path.join(lab.env.AZURE_CONFIG_DIR ?? '', 'ridgeline-az.json');
    await writeFile(file, '{"signIn": "hunter2"');
    const { stderr } = await lab.az(['account', 'show']);
    expect(stderr).toContain(`${file} cannot be read`);
    expect(stderr).not.toContain('hunter2');
  });
});
