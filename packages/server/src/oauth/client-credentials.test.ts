// Client credentials as real clients see them: with `openid-client`, and by hand with `fetch`.
import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, importJWK, SignJWT } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';
import { SigningKeys } from './signing-keys.ts';

let server: TestApp;
let tenant: string;
let appId: string;
let secret: string;
const resource = 'https://management.azure.com';

beforeAll(async () => {
  server = await TestApp.open();
  const { tenants, servicePrincipals } = server.context.workspace.identity;
  tenant = tenants.id;
  ({ appId } = await servicePrincipals.create({ name: 'starter', role: 'Contributor' }));
  ({ secret } = await servicePrincipals.credentials.addSecret(appId, {}));
});
afterAll(() => server.close());

async function ask(path: string, form: Readonly<Record<string, string>> | string, headers = {}) {
  const answer = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: typeof form === 'string' ? form : new URLSearchParams(form),
  });
  const json = (await answer.json()) as Record<string, unknown>;
  return { status: answer.status, headers: answer.headers, json };
}

const v2 = (form: Readonly<Record<string, string>>, headers = {}) =>
  ask(`/${tenant}/oauth2/v2.0/token`, form, headers);
const credentials = () => ({
  grant_type: 'client_credentials',
  client_id: appId,
  client_secret: secret,
  scope: `${resource}/.default`,
});

async function tokenOf(): Promise<string> {
  return String((await v2(credentials())).json.access_token);
}

describe('a token by client credentials', () => {
  test('comes by version 2 with a secret in the form, and opens the API', async () => {
    const { status, json, headers } = await v2(credentials());
    expect(status).toBe(200);
    expect(json).toMatchObject({ token_type: 'Bearer', expires_in: 3599 });
    expect(json).not.toHaveProperty('refresh_token');
    expect(headers.get('cache-control')).toBe('no-store');
    const me = await server.get('/api/v1/me', { token: String(json.access_token) });
    expect(me.json).toMatchObject({
      kind: 'servicePrincipal',
      id: appId,
      name: 'starter',
      role: 'Contributor',
    });
  });

  test('has the claims that Entra gives', async () => {
    const claims = decodeJwt(await tokenOf());
    expect(claims).toMatchObject({
      iss: `${server.url}/${tenant}/v2.0`,
      aud: resource,
      tid: tenant,
      appid: appId,
      azp: appId,
      roles: ['Contributor'],
      ver: '2.0',
      oid: expect.any(String),
    });
    expect((claims.exp ?? 0) - (claims.nbf ?? 0)).toBe(3600);
  });

  test('comes by version 1 with a resource, and says until when as text', async () => {
    const { scope: _scope, ...form } = credentials();
    const { status, json } = await ask(`/${tenant}/oauth2/token`, {
      ...form,
      resource: `${resource}/`,
    });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      token_type: 'Bearer',
      expires_in: '3599',
      resource: `${resource}/`,
    });
    expect(String(decodeJwt(String(json.access_token)).exp)).toBe(json.expires_on);
    expect((await server.get('/api/v1/jobs', { token: String(json.access_token) })).status).toBe(
      200,
    );
  });

  test('comes with the secret by Basic authentication, form-encoded', async () => {
    const { client_id: _id, client_secret: _secret, ...form } = credentials();
    const basic = Buffer.from(`${encodeURIComponent(appId)}:${encodeURIComponent(secret)}`);
    const headers = { authorization: `Basic ${basic.toString('base64')}` };
    expect((await v2(form, headers)).status).toBe(200);
  });

  test('comes under every name of the tenant', async () => {
    await server.context.workspace.identity.tenants.add('contoso.example');
    const { json } = await ask('/Contoso.Example/oauth2/v2.0/token', credentials());
    expect(decodeJwt(String(json.access_token)).tid).toBe(tenant);
  });

  test("opens also as 'Authorization: Token', and as the password of Basic", async () => {
    const token = await tokenOf();
    const basic = Buffer.from(`any:${token}`).toString('base64');
    for (const authorization of [`Token ${token}`, `Basic ${basic}`]) {
      const answer = await server.get('/api/v1/jobs', { token: null, headers: { authorization } });
      expect(answer.status).toBe(200);
    }
  });

  test('comes to openid-client, which finds its way by the metadata', async () => {
    const config = await client.discovery(
      new URL(`${server.url}/${tenant}/v2.0`),
      appId,
      secret,
      undefined,
      { execute: [client.allowInsecureRequests] },
    );
    const tokens = await client.clientCredentialsGrant(config, { scope: `${server.url}/.default` });
    expect((await server.get('/api/v1/jobs', { token: tokens.access_token })).status).toBe(200);
  });
});

describe('a client that signs an assertion', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const now = () => Math.floor(Date.now() / 1000);
  const claims = () => ({
    iss: appId,
    sub: appId,
    aud: `${server.url}/${tenant}/oauth2/v2.0/token`,
    jti: crypto.randomUUID(),
    exp: now() + 300,
  });
  const sign = (payload: object, key = privateKey, alg = 'PS256') =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg }).sign(key);
  const form = (assertion: string) => ({
    grant_type: 'client_credentials',
    client_id: appId,
    scope: `${resource}/.default`,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });

  beforeAll(async () => {
    const { servicePrincipals } = server.context.workspace.identity;
    await servicePrincipals.credentials.addKey(appId, pem, { description: 'ci' });
  });

  test.each(['RS256', 'PS256'])('gets a token with %s', async (alg) => {
    expect((await v2(form(await sign(claims(), privateKey, alg)))).status).toBe(200);
  });

  test('gets one for each assertion once', async () => {
    const assertion = await sign(claims());
    expect((await v2(form(assertion))).status).toBe(200);
    const again = await v2(form(assertion));
    expect(again).toMatchObject({
      status: 401,
      json: { error: 'invalid_client', error_codes: [700027] },
    });
  });

  test.each<readonly [string, () => object]>([
    ['for somebody else', () => ({ ...claims(), aud: 'https://evil.example' })],
    ['of another client', () => ({ ...claims(), iss: 'other' })],
    ['that has expired', () => ({ ...claims(), exp: now() - 120 })],
    ['that never expires', () => ({ ...claims(), exp: now() + 10 * 24 * 3600 })],
    ['without an id', () => ({ ...claims(), jti: undefined })],
  ])('gets none with one %s', async (_what, payload) => {
    const answer = await v2(form(await sign(payload())));
    expect(answer).toMatchObject({
      status: 401,
      json: { error: 'invalid_client', error_codes: [700027] },
    });
  });

  test('gets none with the signature of another key, of its public key, or without one', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const byPublicKey = await new SignJWT(claims())
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.from(pem));
    const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(JSON.stringify(claims())).toString('base64url')}.`;
    for (const assertion of [await sign(claims(), other), byPublicKey, unsigned, 'a.b.c']) {
      expect((await v2(form(assertion))).status).toBe(401);
    }
  });
});

describe('what is refused, in the shape of Entra', () => {
  const cases: readonly (readonly [
    string,
    (form: Record<string, string>) => object,
    number,
    string,
    number,
  ])[] = [
    [
      'a wrong secret',
      (form) => ({ ...form, client_secret: 'wrong' }),
      401,
      'invalid_client',
      7000215,
    ],
    ['no secret', ({ client_secret: _, ...form }) => form, 401, 'invalid_client', 7000218],
    [
      'an unknown client',
      (form) => ({ ...form, client_id: crypto.randomUUID() }),
      400,
      'unauthorized_client',
      700016,
    ],
    [
      'a scope without /.default',
      (form) => ({ ...form, scope: resource }),
      400,
      'invalid_scope',
      70011,
    ],
    [
      'two scopes',
      (form) => ({ ...form, scope: `${form.scope} openid` }),
      400,
      'invalid_scope',
      70011,
    ],
    ['no scope', ({ scope: _, ...form }) => form, 400, 'invalid_request', 900144],
    [
      'an unknown resource',
      (form) => ({ ...form, scope: 'https://graph.microsoft.com/.default' }),
      400,
      'invalid_resource',
      500011,
    ],
    [
      'another grant type',
      (form) => ({ ...form, grant_type: 'password' }),
      400,
      'unsupported_grant_type',
      70003,
    ],
    ['no grant type', ({ grant_type: _, ...form }) => form, 400, 'invalid_request', 900144],
    [
      'two proofs',
      (form) => ({ ...form, client_assertion: 'a.b.c' }),
      400,
      'invalid_request',
      900144,
    ],
  ];

  test.each(cases)('%s', async (_what, change, status, error, code) => {
    const answer = await v2(change(credentials()) as Record<string, string>);
    expect(answer).toMatchObject({ status, json: { error, error_codes: [code] } });
    expect(answer.json).toMatchObject({
      error_description: expect.stringContaining(`AADSTS${code}: `),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(JSON.stringify(answer.json)).not.toContain(secret);
  });

  test('a tenant that is not this one', async () => {
    for (const path of ['/common/oauth2/v2.0/token', `/${crypto.randomUUID()}/oauth2/token`]) {
      const answer = await ask(path, credentials());
      expect(answer).toMatchObject({
        status: 400,
        json: { error: 'invalid_request', error_codes: [90002] },
      });
    }
  });

  test('a parameter that stands there twice, a body that is no form, or too large a one', async () => {
    const path = `/${tenant}/oauth2/v2.0/token`;
    const twice = `${new URLSearchParams(credentials())}&client_id=${appId}`;
    const json = { 'content-type': 'application/json' };
    expect((await ask(path, twice)).status).toBe(400);
    expect((await ask(path, JSON.stringify(credentials()), json)).json.error).toBe(
      'invalid_request',
    );
    expect((await ask(path, `a=${'x'.repeat(70_000)}`)).json.error).toBe('invalid_request');
  });

  test('a secret that is over, or was taken away', async () => {
    const { credentials: kept } = server.context.workspace.identity.servicePrincipals;
    const short = await kept.addSecret(appId, {
      expiresAt: new Date(Date.now() + 150).toISOString(),
    });
    await expect
      .poll(
        async () => (await v2({ ...credentials(), client_secret: short.secret })).json.error_codes,
      )
      .toEqual([7000222]);
    const other = await kept.addSecret(appId, {});
    expect((await v2({ ...credentials(), client_secret: other.secret })).status).toBe(200);
    await kept.remove(appId, other.id);
    expect((await v2({ ...credentials(), client_secret: other.secret })).status).toBe(401);
    expect((await v2(credentials())).status).toBe(200);
  });

  test('guesses in a row, until a while has passed', async () => {
    const { servicePrincipals } = server.context.workspace.identity;
    const guessed = await servicePrincipals.create({ name: 'guessed', role: 'Reader' });
    const form = { ...credentials(), client_id: guessed.appId, client_secret: 'guess' };
    const statuses = [];
    for (let guess = 0; guess < 21; guess += 1) statuses.push((await v2(form)).status);
    expect(statuses).toEqual([...Array(20).fill(401), 429]);
    expect((await v2(credentials())).status).toBe(200);
  });
});

describe('a token that is not right', () => {
  const statusWith = async (token: string) => (await server.get('/api/v1/jobs', { token })).status;

  test('is refused with 401 when a letter is changed, or it says another algorithm', async () => {
    const token = await tokenOf();
    const [header = '', payload = '', signature = ''] = token.split('.');
    const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const owner = { ...decodeJwt(token), roles: ['Owner'], exp: 9_999_999_999 };
    const forged = Buffer.from(JSON.stringify(owner)).toString('base64url');
    for (const other of [
      `${none}.${payload}.`,
      `${header}.${forged}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -8)}AAAAAAAA`,
      `${header}.${payload}.`,
      `${token}.`,
    ]) {
      expect(await statusWith(other)).toBe(401);
    }
  });

  test.each<readonly [string, object, RegExp]>([
    ['that has expired', { exp: 1_000_000_000 }, /has expired/],
    ['that is not valid yet', { nbf: 9_999_999_998 }, /not valid/],
    ['for another resource', { aud: 'https://graph.microsoft.com' }, /not valid/],
    ['of another tenant', { tid: 'other' }, /not valid/],
    ['that names no client', { appid: undefined }, /not valid/],
  ])(
    'is refused with 401 %s, though the right key has signed it',
    async (_what, claims, message) => {
      const { secrets } = server.context.workspace;
      const { jwk, kid } = await new SigningKeys({ secrets }).current();
      const good = decodeJwt(await tokenOf());
      const token = await new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: 'RS256', kid })
        .sign(await importJWK(jwk, 'RS256'));
      const answer = await server.get('/api/v1/jobs', { token });
      expect(answer.status).toBe(401);
      expect(answer.text).toMatch(message);
    },
  );

  test('is refused with 401 from the moment in which the service principal is gone', async () => {
    const { servicePrincipals } = server.context.workspace.identity;
    const gone = await servicePrincipals.create({ name: 'gone', role: 'Contributor' });
    const { secret: its } = await servicePrincipals.credentials.addSecret(gone.appId, {});
    const { json } = await v2({ ...credentials(), client_id: gone.appId, client_secret: its });
    const token = String(json.access_token);
    expect(await statusWith(token)).toBe(200);
    await servicePrincipals.setRole(gone.appId, 'Reader');
    const submit = await server.post('/api/v1/jobs', {}, { token });
    expect(submit.status).toBe(403);
    await servicePrincipals.delete(gone.appId);
    expect(await statusWith(token)).toBe(401);
  });

  test('says in the header what is wrong with it', async () => {
    const answer = await server.get('/api/v1/jobs', { token: 'wrong' });
    expect(answer.headers['www-authenticate']).toBe(
      'Bearer realm="ridgeline", error="invalid_token"',
    );
  });
});

describe('the keys', () => {
  const kids = async () => {
    const answer = await fetch(`${server.url}/${tenant}/discovery/v2.0/keys`);
    return ((await answer.json()) as { keys: Record<string, unknown>[] }).keys;
  };

  test('are published without their private part', async () => {
    for (const key of await kids()) {
      expect(Object.keys(key).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
    }
  });

  test('can be rotated: the new one signs, and tokens of the old one go on', async () => {
    const token = await tokenOf();
    const { status, json } = await server.post('/api/v1/signingKeys/rotate');
    expect(status).toBe(201);
    expect((await kids())[0]?.kid).toBe((json as { kid: string }).kid);
    expect((await kids()).length).toBe(2);
    expect((await server.get('/api/v1/jobs', { token })).status).toBe(200);
    expect((await server.get('/api/v1/jobs', { token: await tokenOf() })).status).toBe(200);
  });
});

test('neither secrets nor tokens are in the log', async () => {
  const token = await tokenOf();
  await server.get('/nowhere', { token });
  await v2({ ...credentials(), scope: 'x' });
  const log = server.logLines.join('\n');
  expect(log).not.toContain(secret);
  expect(log).not.toContain(token);
});
