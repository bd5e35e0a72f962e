// Tokens of outside issuers: of a certified one, of another Ridgeline, and of one that lies.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Issuer } from '@ridgeline/workspace';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OutsideIssuer } from '../../test/outside-issuer.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let outside: OutsideIssuer;
let agreed: Issuer;

beforeAll(async () => {
  server = await TestApp.open();
  outside = await OutsideIssuer.open();
  agreed = await server.context.workspace.identity.issuers.add({
    issuer: outside.issuer,
    audiences: ['api://lab', 'api://other'],
    tenant: 'tenant',
    roles: {
      'Lab.Worker': 'Contributor',
      'group-readers': 'Reader',
      'app-7': 'Owner',
      sub9: 'Reader',
    },
  });
});
afterAll(async () => {
  await outside.close();
  await server.close();
});

const ask = (token: string, url = '/api/v1/me') => server.get(url, { token });

describe('a token of an issuer that was added', () => {
  test('lets in with the role that what it says is mapped to', async () => {
    const name = 'worker@lab.example';
    const answer = await ask(await outside.sign({ preferred_username: name }));
    expect(answer).toMatchObject({
      status: 200,
      json: { kind: 'external', id: 'object-1', name, role: 'Contributor' },
    });
    expect((await server.post('/api/v1/jobs', {}, { token: await outside.sign() })).status).toBe(
      400,
    );
    expect((await ask(await outside.sign(), '/api/v1/users')).status).toBe(403);
  });

  test.each<readonly [string, object, string]>([
    ['a group', { roles: undefined, groups: ['x', 'group-readers'] }, 'Reader'],
    ['an app id', { roles: [], appid: 'app-7' }, 'Owner'],
    ['an azp', { roles: 'nobody', azp: 'app-7' }, 'Owner'],
    ['a subject', { roles: [], sub: 'sub9' }, 'Reader'],
    ['the highest of several', { roles: ['Lab.Worker'], groups: ['group-readers'] }, 'Contributor'],
    ['one of several audiences', { aud: ['x', 'api://other'] }, 'Contributor'],
  ])('by %s', async (_what, claims, role) => {
    expect(await ask(await outside.sign(claims))).toMatchObject({ status: 200, json: { role } });
  });

  test('is refused with 403, and how to change that, where nothing is mapped', async () => {
    for (const claims of [{ roles: [] }, { roles: ['__proto__', 'constructor', 'toString'] }]) {
      const answer = await ask(await outside.sign({ ...claims, oid: 'object-2' }));
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('--map-role');
    }
  });

  const now = () => Math.floor(Date.now() / 1000);
  test.each<readonly [string, () => object]>([
    ['for somebody else', () => ({ aud: 'api://evil' })],
    ['for nobody', () => ({ aud: undefined })],
    ['of another tenant', () => ({ tid: 'other' })],
    ['of no tenant', () => ({ tid: undefined })],
    ['that has expired', () => ({ exp: now() - 120 })],
    ['that never expires', () => ({ exp: undefined })],
    ['that is not valid yet', () => ({ nbf: now() + 120 })],
    ['of an issuer that was not added', () => ({ iss: 'https://evil.example' })],
    ['whose issuer is not one text', () => ({ iss: [outside.issuer] })],
  ])('is refused with 401 %s', async (_what, claims) => {
    expect((await ask(await outside.sign(claims()))).status).toBe(401);
  });

  test('is taken within a minute of its times: clocks differ', async () => {
    expect((await ask(await outside.sign({ exp: now() - 20 }))).status).toBe(200);
    expect((await ask(await outside.sign({ nbf: now() + 20 }))).status).toBe(200);
  });

  test('is refused with 401 by another key, by its public key as a secret, or by none', async () => {
    const other = await generateKeyPair('RS256');
    const secret = new TextEncoder().encode(JSON.stringify(outside.publicKey));
    const [, payload] = (await outside.sign()).split('.');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const tokens = [
      await outside.sign({}, {}, other.privateKey),
      await outside.sign({}, { alg: 'HS256' }, secret),
      await outside.sign({}, { kid: 'unknown' }),
      `${none}.${payload}.`,
      `${none}.${payload}.AAAA`,
    ];
    for (const token of tokens) expect((await ask(token)).status).toBe(401);
  });

  test('does not make the server fetch keys for each token that comes', async () => {
    const before = outside.requests.length;
    for (let guess = 0; guess < 20; guess += 1) {
      await ask(await outside.sign({}, { kid: `guess-${guess}` }));
    }
    expect(outside.requests.length - before).toBeLessThanOrEqual(1);
  });
});

describe('an issuer', () => {
  test('whose keys cannot be fetched is said to be away, and its tokens are not taken', async () => {
    const away = await OutsideIssuer.open();
    away.isUp = false;
    const { issuers } = server.context.workspace.identity;
    await issuers.add({
      issuer: away.issuer,
      audiences: ['api://lab'],
      roles: { 'Lab.Worker': 'Reader' },
    });
    const answer = await ask(await away.sign());
    expect(answer).toMatchObject({ status: 503, json: { error: { code: 'ISSUER_UNAVAILABLE' } } });
    await away.close();
  });

  test('that nobody added is never asked for anything', async () => {
    const stranger = await OutsideIssuer.open();
    expect((await ask(await stranger.sign())).status).toBe(401);
    expect(stranger.requests).toEqual([]);
    await stranger.close();
  });

  test('that was removed is no longer trusted, at once', async () => {
    const passing = await OutsideIssuer.open();
    const added = await server.post('/api/v1/issuers', {
      issuer: passing.issuer,
      audiences: ['api://lab'],
      roles: { 'Lab.Worker': 'Reader' },
    });
    expect(added.status).toBe(201);
    const token = await passing.sign();
    expect((await ask(token)).status).toBe(200);
    await server.call('DELETE', `/api/v1/issuers/${(added.json as Issuer).id}`);
    expect((await ask(token)).status).toBe(401);
    await passing.close();
  });

  test('gives and takes away by itself: who comes from it makes no tokens here', async () => {
    const answer = await server.post(
      '/api/v1/tokens',
      { name: 't' },
      { token: await outside.sign() },
    );
    expect(answer.status).toBe(403);
    const made = await server.post('/api/v1/tokens', { name: 'of the owner' });
    const { id } = made.json as { id: string };
    const token = await outside.sign();
    expect((await server.get('/api/v1/tokens', { token })).json).toEqual({ value: [] });
    expect((await server.call('DELETE', `/api/v1/tokens/${id}`, { token })).status).toBe(403);
    expect(agreed.roles['Lab.Worker']).toBe('Contributor');
  });
});

describe('a certified OpenID provider', () => {
  let http: Server;
  let issuer: string;

  beforeAll(async () => {
    http = createServer();
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
    http.on('request', new Provider(issuer, await configuration()).callback());
    await server.context.workspace.identity.issuers.add({
      issuer,
      audiences: ['urn:ridgeline'],
      roles: { 'nightly-app': 'Contributor' },
    });
  });
  afterAll(() => http.close());

  test('its access token lets a program in by its id', async () => {
    const answer = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('nightly-app:its-secret')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'urn:ridgeline' }),
    });
    const { access_token } = (await answer.json()) as { access_token: string };
    const me = await ask(access_token);
    expect(me).toMatchObject({ status: 200, json: { kind: 'external', role: 'Contributor' } });
  });
});

test("another Ridgeline's service principal is let in by its app id", async () => {
  const other = await TestApp.open();
  const { servicePrincipals, tenants } = other.context.workspace.identity;
  const { appId } = await servicePrincipals.create({ name: 'visitor', role: 'Owner' });
  const { secret } = await servicePrincipals.credentials.addSecret(appId, {});
  const answer = await fetch(`${other.url}/${tenants.id}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: secret,
      scope: 'api://ridgeline/.default',
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  expect((await ask(access_token)).status).toBe(401);
  await server.context.workspace.identity.issuers.add({
    issuer: `${other.url}/${tenants.id}/v2.0`,
    audiences: ['api://ridgeline'],
    tenant: tenants.id,
    roles: { [appId]: 'Reader' },
  });
  expect(await ask(access_token)).toMatchObject({ status: 200, json: { role: 'Reader' } });
  await other.close();
});

async function configuration(): Promise<Configuration> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const resource = {
    scope: 'run',
    audience: 'urn:ridgeline',
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'RS256' } },
  } as const;
  return {
    clients: [
      {
        client_id: 'nightly-app',
        client_secret: 'its-secret',
        redirect_uris: [],
        response_types: [],
        grant_types: ['client_credentials'],
      },
    ],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'one' }] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: { enabled: true, getResourceServerInfo: () => resource },
    },
  };
}
