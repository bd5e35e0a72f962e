// Sign-in as a browser and a native program see it: code with PKCE, device code, refresh, revocation.
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Browser, type Page } from '../../test/browser.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let tenant: string;
let config: client.Configuration;
const redirect = 'http://127.0.0.1:51234/callback';
const password = 'a sentence that nobody guesses';

beforeAll(async () => {
  server = await TestApp.open();
  const { tenants, users } = server.context.workspace.identity;
  tenant = tenants.id;
  config = await client.discovery(
    new URL(`${server.url}/${tenant}/v2.0`),
    'ridgeline-cli',
    undefined,
    client.None(),
    { execute: [client.allowInsecureRequests] },
  );
  await users.create({ name: 'alice', role: 'Contributor' });
  const { code } = await users.invite('alice');
  await users.acceptInvitation(code, password);
});
afterAll(() => server.close());

const meOf = async (token: string) => (await server.get('/api/v1/me', { token })).json;
const statusWith = async (token: string) => (await server.get('/api/v1/jobs', { token })).status;

interface Begun {
  readonly page: Page;
  readonly verifier: string;
}

async function begin(change: Record<string, string> = {}, browser = new Browser()): Promise<Begun> {
  const verifier = client.randomPKCECodeVerifier();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirect,
    scope: 'openid profile offline_access',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: 'the-state',
    ...change,
  });
  return { page: await browser.get(url), verifier };
}

const redeem = (url: URL, verifier: string) =>
  client.authorizationCodeGrant(config, url, {
    pkceCodeVerifier: verifier,
    expectedState: 'the-state',
  });

async function signIn(fields: Record<string, string>, form = 0) {
  const { page, verifier } = await begin();
  const back = await page.submit(fields, form);
  return redeem(back.url, verifier);
}

async function tokenEndpoint(form: Record<string, string>) {
  const url = `${server.url}/${tenant}/oauth2/v2.0/token`;
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, json: (await answer.json()) as Record<string, unknown> };
}

describe('the code flow', () => {
  test('lets a person in by name and password, as who they are', async () => {
    const tokens = await signIn({ name: 'Alice', password });
    expect(await meOf(tokens.access_token)).toMatchObject({
      kind: 'user',
      name: 'alice',
      role: 'Contributor',
    });
    expect(tokens.claims()).toMatchObject({
      aud: 'ridgeline-cli',
      tid: tenant,
      roles: ['Contributor'],
    });
  });

  test('lets in by the token of the workspace, and by an access token with its role', async () => {
    const { access_token } = await signIn({ token: server.token }, 1);
    expect(await meOf(access_token)).toMatchObject({ name: 'admin', role: 'Owner' });

    const { tokens } = server.context.workspace.identity;
    const owner = { kind: 'token', id: 'admin' } as const;
    const made = await tokens.create({ name: 'lab', owner, atMost: ['Reader'], madeBy: 'admin' });
    const readers = await signIn({ token: made.token }, 1);
    expect(await meOf(readers.access_token)).toMatchObject({ name: 'lab', role: 'Reader' });
    await tokens.revoke(made.id);
    expect(await statusWith(readers.access_token)).toBe(401);
  });

  test('takes no step of a job for a person', async () => {
    const { page } = await begin();
    const { token } = await server.step();
    expect((await page.submit({ token }, 1)).status).toBe(401);
  });

  test('asks who is signed in already whether a program may, and takes no for an answer', async () => {
    const browser = new Browser();
    const { page } = await begin({}, browser);
    await page.submit({ name: 'alice', password });
    const { page: again, verifier } = await begin({}, browser);
    expect(again.text).toContain('alice');
    const back = await again.submit({ consent: 'yes' });
    expect((await redeem(back.url, verifier)).access_token).toBeTruthy();

    const { page: third } = await begin({}, browser);
    const refused = await third.submit({ consent: 'no' });
    expect(refused.url.searchParams.get('error')).toBe('access_denied');
    expect(refused.url.searchParams.get('code')).toBeNull();
  });

  test('a program on any port of this machine may wait for the answer, and no other address', async () => {
    const { page } = await begin({ redirect_uri: 'http://127.0.0.1:4000/callback' });
    expect(page.status).toBe(200);
    for (const redirect_uri of [
      'http://127.0.0.1:4000/elsewhere',
      'http://127.0.0.1:4000/callback/../x',
      'http://127.0.0.1:4000/callback?x=1',
      'https://evil.example/callback',
      'http://127.0.0.1.evil.example/callback',
      'http://evil.example@127.0.0.1/callback',
      'javascript:alert(1)',
    ]) {
      const { page: refused } = await begin({ redirect_uri });
      expect(refused, redirect_uri).toMatchObject({ status: 400 });
      expect(refused.url.origin).toBe(server.url);
      expect(refused.headers.get('x-oauth-error')).toMatch(/^invalid_/);
    }
  });

  test('no code without PKCE, nor with its plain form', async () => {
    for (const change of [
      { code_challenge: '', code_challenge_method: '' },
      { code_challenge_method: 'plain' },
    ] as Record<string, string>[]) {
      const { page } = await begin(change);
      expect(page.url.searchParams.get('code')).toBeNull();
      expect(page.url.searchParams.get('error')).toBe('invalid_request');
    }
  });

  test('a code is good for its program, with its verifier, once', async () => {
    const { page, verifier } = await begin();
    const back = await page.submit({ name: 'alice', password });
    const form = {
      grant_type: 'authorization_code',
      client_id: 'ridgeline-cli',
      redirect_uri: redirect,
      code: back.url.searchParams.get('code') ?? '',
    };
    const wrong = await tokenEndpoint({ ...form, code_verifier: 'x'.repeat(43) });
    expect(wrong).toMatchObject({ status: 400, json: { error: 'invalid_grant' } });
    const { page: other, verifier: its } = await begin();
    const url = (await other.submit({ name: 'alice', password })).url;
    const { access_token } = await redeem(url, its);
    const again = { ...form, code: url.searchParams.get('code') ?? '', code_verifier: its };
    expect(await tokenEndpoint(again)).toMatchObject({
      status: 400,
      json: { error: 'invalid_grant' },
    });
    // Somebody else has the code, then: what came of it ends.
    expect(await statusWith(access_token)).toBe(401);
    expect(verifier).not.toBe(its);
  });

  test('of a crowd that brings the same code, one at most gets tokens', async () => {
    const { page, verifier } = await begin();
    const back = await page.submit({ name: 'alice', password });
    const form = {
      grant_type: 'authorization_code',
      client_id: 'ridgeline-cli',
      redirect_uri: redirect,
      code: back.url.searchParams.get('code') ?? '',
      code_verifier: verifier,
    };
    const answers = await Promise.all(Array.from({ length: 8 }, () => tokenEndpoint(form)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
  });
});

describe('refresh tokens', () => {
  test('are replaced with each use; one that comes twice ends them all', async () => {
    const first = await signIn({ name: 'alice', password });
    const second = await client.refreshTokenGrant(config, first.refresh_token ?? '');
    expect(second.refresh_token).not.toBe(first.refresh_token);
    expect(await statusWith(second.access_token)).toBe(200);
    await expect(client.refreshTokenGrant(config, first.refresh_token ?? '')).rejects.toThrow();
    expect(await statusWith(second.access_token)).toBe(401);
    await expect(client.refreshTokenGrant(config, second.refresh_token ?? '')).rejects.toThrow();
  });

  test('that are revoked take along what came of them', async () => {
    const { access_token, refresh_token = '' } = await signIn({ name: 'alice', password });
    await client.tokenRevocation(config, refresh_token);
    expect(await statusWith(access_token)).toBe(401);
    await expect(client.refreshTokenGrant(config, refresh_token)).rejects.toThrow();
  });

  test('stay good when the keys are rotated', async () => {
    const { refresh_token = '' } = await signIn({ name: 'alice', password });
    await server.post('/api/v1/signingKeys/rotate');
    const { access_token } = await client.refreshTokenGrant(config, refresh_token);
    expect(await statusWith(access_token)).toBe(200);
  });
});

describe('the device flow', () => {
  async function start() {
    return client.initiateDeviceAuthorization(config, { scope: 'openid offline_access' });
  }

  const poll = (device_code: string) =>
    tokenEndpoint({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: 'ridgeline-cli',
      device_code,
    });

  test('lets a terminal in once the person has typed its code and signed in', async () => {
    const device = await start();
    expect(await poll(device.device_code)).toMatchObject({
      json: { error: 'authorization_pending' },
    });
    const entered = await (await new Browser().get(device.verification_uri)).submit({
      user_code: device.user_code.toLowerCase(),
    });
    expect(entered.text).toContain(device.user_code);
    const login = await entered.submit({ confirm: 'yes' });
    const done = await login.submit({ name: 'alice', password });
    expect(done.text).toContain('You are signed in');
    const { json } = await poll(device.device_code);
    expect(await meOf(String(json.access_token))).toMatchObject({ name: 'alice' });
    expect((await poll(device.device_code)).status).toBe(400);
  });

  test('says so where the person does not want to', async () => {
    const device = await start();
    const entered = await (await new Browser().get(device.verification_uri)).submit({
      user_code: device.user_code,
    });
    await entered.submit({ abort: 'yes' });
    expect(await poll(device.device_code)).toMatchObject({ json: { error: 'access_denied' } });
  });

  test('goes on for nobody who has not begun it', async () => {
    const base = `${server.url}/${tenant}/oauth2/deviceauth`;
    const begun = await start();
    for (const [path, method] of [
      ['', 'POST'],
      ['/nobody', 'GET'],
      [`/${begun.device_code}`, 'GET'],
    ] as const) {
      const cookie = '_session=x; _interaction=y; _interaction_resume=z';
      for (const headers of [{}, { cookie }]) {
        const body = method === 'POST' ? new URLSearchParams({ user_code: begun.user_code }) : null;
        const answer = await fetch(base + path, { method, headers, body });
        expect(answer.status).toBeLessThan(500);
        expect(await answer.text()).toContain('This does not work');
      }
    }
  });

  test('takes no code that nobody was shown, and no form of another page', async () => {
    const browser = new Browser();
    const page = await browser.get(`${server.url}/${tenant}/oauth2/deviceauth`);
    const wrong = await page.submit({ user_code: 'BBBB-BBBB' });
    expect(wrong.text).toContain('There is no such code');
    const { user_code } = await start();
    const forged = await wrong.submit({ user_code, xsrf: 'guess', confirm: 'yes' });
    expect(forged.text).not.toContain('Password');
  });
});

describe('the sign-in page', () => {
  test('says nothing of who is there: a wrong name and a wrong password look the same', async () => {
    const { page } = await begin();
    const wrongPassword = await page.submit({ name: 'alice', password: 'wrong password' });
    const wrongName = await page.submit({ name: 'nobody', password: 'wrong password' });
    expect(wrongPassword).toMatchObject({ status: 401 });
    expect(wrongName).toMatchObject({ status: 401, text: wrongPassword.text });
  });

  test('lets nobody guess on', async () => {
    const { users } = server.context.workspace.identity;
    await users.create({ name: 'bob', role: 'Reader' });
    const { page } = await begin();
    const statuses = [];
    for (let guess = 0; guess < 11; guess += 1) {
      statuses.push((await page.submit({ name: 'bob', password: `guess ${guess}` })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(401), 429]);
    expect((await page.submit({ name: 'alice', password })).status).toBe(303);
  });

  test('lets nobody guess on by writing the name otherwise, or by signing in themselves', async () => {
    const { users } = server.context.workspace.identity;
    await users.create({ name: 'erin', role: 'Reader' });
    const { page } = await begin();
    for (const name of ['erin', 'ERIN', '\uff45rin', 'e\uff52in', 'er\uff49n', 'eri\uff4e']) {
      await page.submit({ name, password: 'a wrong guess' });
      await page.submit({ name, password: 'another guess' });
    }
    const other = await begin();
    expect((await other.page.submit({ name: 'erin', token: server.token }, 1)).status).toBe(303);
    expect((await page.submit({ name: 'erin', password: 'and one more' })).status).toBe(429);
  });

  test('runs no script, is shown in no frame, and is kept by no cache', async () => {
    const { page } = await begin();
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toContain('script-src');
    expect(page.text).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    expect(page.headers.get('cache-control')).toContain('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  test('speaks Japanese to who reads that first', async () => {
    const { page } = await begin({}, new Browser({ 'accept-language': 'ja,en;q=0.8' }));
    expect(page.text).toContain('<html lang="ja">');
    expect(page.text).toContain('サインイン');
    const { page: french } = await begin({}, new Browser({ 'accept-language': 'fr,en;q=0.8' }));
    expect(french.text).toContain('<html lang="en">');
  });

  test('is nobody else’s: without its cookie, or sent from another site, nothing happens', async () => {
    const { page } = await begin();
    const body = new URLSearchParams({ name: 'alice', password });
    const stranger = await fetch(page.url, { method: 'POST', body, redirect: 'manual' });
    expect(stranger.status).toBe(404);
    const headers = { 'sec-fetch-site': 'cross-site' };
    const crossSite = await fetch(page.url, { method: 'POST', body, headers, redirect: 'manual' });
    expect(crossSite.status).toBe(400);
  });
});

test.each([
  ['oauth2/v2.0/authorize', 120],
  ['oauth2/deviceauth', 60],
])('%s heaps nothing up for one place: %i times a minute, and no more', async (path, limit) => {
  const own = await TestApp.open();
  try {
    const { id } = own.context.workspace.identity.tenants;
    const ask = () => own.get(`/${id}/${path}`, { token: null });
    for (let time = 0; time < limit; time += 1) expect((await ask()).status).not.toBe(429);
    expect((await ask()).status).toBe(429);
  } finally {
    await own.close();
  }
});

describe('an invitation', () => {
  test('lets somebody set a password once', async () => {
    await server.post('/api/v1/users', {
      name: 'carol',
      displayName: '<b>Carol</b>',
      role: 'Reader',
    });
    const { json } = await server.post('/api/v1/users/carol/invitation');
    const { url } = json as { url: string };
    const page = await new Browser().get(url);
    expect(page.text).toContain('carol');
    const different = await page.submit({ password: 'one and the same', again: 'not the same' });
    expect(different.status).toBe(400);
    const short = await page.submit({ password: 'short', again: 'short' });
    expect(short.status).toBe(400);
    const set = await page.submit({ password, again: password });
    expect(set).toMatchObject({
      status: 200,
      text: expect.stringContaining('Your password is set'),
    });
    expect((await new Browser().get(url)).status).toBe(404);
    const { access_token } = await signIn({ name: 'carol', password });
    expect(await meOf(access_token)).toMatchObject({ name: 'carol', role: 'Reader' });
    await server.call('DELETE', '/api/v1/users/carol');
    expect(await statusWith(access_token)).toBe(401);
  });

  test('to set another password ends the sign-ins that were made with the one before', async () => {
    const { users } = server.context.workspace.identity;
    await users.create({ name: 'dave', role: 'Reader' });
    await users.acceptInvitation((await users.invite('dave')).code, password);
    const { access_token, refresh_token = '' } = await signIn({ name: 'dave', password });
    expect(await statusWith(access_token)).toBe(200);
    await users.acceptInvitation((await users.invite('dave')).code, `${password} again`);
    expect(await statusWith(access_token)).toBe(401);
    await expect(client.refreshTokenGrant(config, refresh_token)).rejects.toThrow();
  });

  test('that nobody has sent, or to another tenant, is none', async () => {
    for (const path of [
      `/${tenant}/invitation`,
      `/${tenant}/invitation?code=rdg_${'a'.repeat(43)}`,
    ]) {
      expect((await new Browser().get(server.url + path)).status).toBe(404);
    }
    expect((await new Browser().get(`${server.url}/other/invitation?code=x`)).status).toBe(400);
  });
});

test('no password, code or token of a sign-in is in the log', async () => {
  const { access_token, refresh_token = '' } = await signIn({ name: 'alice', password });
  const log = server.logLines.join('\n');
  for (const secret of [password, access_token, refresh_token]) expect(log).not.toContain(secret);
});
