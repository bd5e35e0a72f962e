// People, programs and tokens over HTTP: who may make what, and what is never told twice.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;
let count = 0;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

function unique(name: string): string {
  count += 1;
  return `${name}-${count}`;
}

async function userWith(role: string): Promise<string> {
  const name = unique('user');
  expect((await server.post('/api/v1/users', { name, role })).status).toBe(201);
  return name;
}

async function tokenFor(user: string, more = {}): Promise<string> {
  const answer = await server.post('/api/v1/tokens', { name: 'of a test', user, ...more });
  return textAt(answer, 'token');
}

/** A sign-in, as the authorization server leaves one behind. */
async function signInOf(user: string): Promise<string> {
  const { users, oauthRecords } = server.context.workspace.identity;
  const { id } = await users.get(user);
  const token = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');
  const accountId = `user:${id}:${await users.passwordStamp(id)}`;
  await oauthRecords.put('AccessToken', { id: token }, { accountId }, 60);
  return token;
}

describe('/api/v1/me', () => {
  test('says who sends the token', async () => {
    const tenantId = server.context.workspace.identity.tenants.id;
    const admin = await server.get('/api/v1/me');
    expect(admin.json).toEqual({
      kind: 'token',
      id: 'admin',
      name: 'admin',
      role: 'Owner',
      tenantId,
    });
    const { token, runId } = await server.step();
    const step = await server.get('/api/v1/me', { token });
    expect(step.json).toEqual({
      kind: 'step',
      id: null,
      name: `step ${runId}`,
      role: null,
      tenantId,
    });
  });
});

describe('access tokens', () => {
  test('are made by who has signed in, for themselves, and shown once', async () => {
    const user = await userWith('Contributor');
    const token = await signInOf(user);
    const made = await server.post('/api/v1/tokens', { name: 'laptop' }, { token });
    expect(made).toMatchObject({
      status: 201,
      json: { name: 'laptop', role: 'Contributor', madeBy: user },
    });
    const secret = textAt(made, 'token');
    expect((await server.get('/api/v1/me', { token: secret })).json).toMatchObject({ name: user });
    const list = await server.get('/api/v1/tokens', { token });
    expect(list.json).toMatchObject({ value: [{ name: 'laptop' }] });
    expect(list.text).not.toContain(secret);
  });

  test('never have more than their maker has', async () => {
    const token = await signInOf(await userWith('Contributor'));
    const answer = await server.post('/api/v1/tokens', { name: 'more', role: 'Owner' }, { token });
    expect(answer).toMatchObject({ status: 403, json: { error: { code: 'TOKEN_NOT_ALLOWED' } } });
  });

  test('are made of no access token, which would outlive it, but by owners', async () => {
    const token = await tokenFor(await userWith('Contributor'));
    const answer = await server.post('/api/v1/tokens', { name: 'child' }, { token });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('ridgeline login');
    const owners = await tokenFor(await userWith('Owner'));
    expect((await server.post('/api/v1/tokens', { name: 'child' }, { token: owners })).status).toBe(
      201,
    );
  });

  test('of others are for owners to make, list and revoke', async () => {
    const other = await userWith('Reader');
    await tokenFor(other);
    const token = await signInOf(await userWith('Contributor'));
    const all = await server.get('/api/v1/tokens?all=true');
    const { id } = (all.json as { value: { id: string }[] }).value[0] ?? { id: '' };
    expect(
      (await server.post('/api/v1/tokens', { name: 't', user: other }, { token })).status,
    ).toBe(403);
    expect((await server.get('/api/v1/tokens?all=true', { token })).status).toBe(403);
    expect((await server.call('DELETE', `/api/v1/tokens/${id}`, { token })).status).toBe(403);
    expect((await server.call('DELETE', `/api/v1/tokens/${id}`)).status).toBe(204);
    expect((await server.call('DELETE', `/api/v1/tokens/${id}`)).status).toBe(404);
  });

  test('are revoked by who has them', async () => {
    const token = await signInOf(await userWith('Reader'));
    const made = await server.post('/api/v1/tokens', { name: 't' }, { token });
    const own = `/api/v1/tokens/${textAt(made, 'id')}`;
    expect((await server.call('DELETE', own, { token })).status).toBe(204);
    expect((await server.get('/api/v1/me', { token: textAt(made, 'token') })).status).toBe(401);
  });

  test('of nobody are for owners to look after; each sees and ends itself alone', async () => {
    const made = await server.post('/api/v1/tokens', { name: 'other', role: 'Reader' });
    const mine = await server.post('/api/v1/tokens', { name: 'mine', role: 'Contributor' });
    const token = textAt(mine, 'token');
    const seen = await server.get('/api/v1/tokens', { token });
    expect(seen.json).toMatchObject({ value: [{ name: 'mine' }] });
    expect(seen.json).toHaveProperty('value.length', 1);
    const address = (answer: typeof made) => `/api/v1/tokens/${textAt(answer, 'id')}`;
    expect((await server.call('DELETE', address(made), { token })).status).toBe(403);
    expect((await server.call('DELETE', address(mine), { token })).status).toBe(204);
    expect((await server.call('DELETE', address(made))).status).toBe(204);
  });

  test('are of one owner, with an end to come', async () => {
    for (const wrong of [
      { name: '' },
      { name: 't', expiresAt: '2000-01-01T00:00:00Z' },
      { name: 't', user: 'a', servicePrincipal: 'b' },
      { name: 't', role: 'Admin' },
      { name: 't', owner: 'x' },
    ]) {
      expect((await server.post('/api/v1/tokens', wrong)).status).toBe(400);
    }
    expect((await server.post('/api/v1/tokens', { name: 't', user: 'nobody' })).status).toBe(404);
  });
});

describe('users', () => {
  test('are made, changed and removed', async () => {
    const name = await userWith('Reader');
    const address = `/api/v1/users/${name}`;
    const change = { payload: { role: 'Contributor', displayName: 'Anna' } };
    expect((await server.call('PATCH', address, change)).json).toMatchObject({
      ...change.payload,
      name,
    });
    expect((await server.get(address)).json).toMatchObject({
      role: 'Contributor',
      hasPassword: false,
    });
    expect((await server.get('/api/v1/users')).text).toContain(name);
    expect((await server.post('/api/v1/users', { name, role: 'Reader' })).status).toBe(409);
    expect((await server.call('DELETE', address)).status).toBe(204);
    expect((await server.get(address)).status).toBe(404);
  });

  test('cannot raise themselves', async () => {
    const name = await userWith('Contributor');
    const token = await signInOf(name);
    const payload = { role: 'Owner' };
    const answer = await server.call('PATCH', `/api/v1/users/${name}`, { token, payload });
    expect(answer).toMatchObject({
      status: 403,
      json: {
        error: {
          code: 'PERMISSION_DENIED',
          message: expect.stringContaining('needs the role Owner, and theirs is Contributor'),
        },
      },
    });
  });
});

describe('service principals', () => {
  test('are made, given a secret that is told once, changed and removed', async () => {
    const name = unique('program');
    const made = await server.post('/api/v1/servicePrincipals', { name, role: 'Contributor' });
    const address = `/api/v1/servicePrincipals/${textAt(made, 'appId')}`;
    const added = await server.post(`${address}/credentials`);
    const secret = textAt(added, 'secret');
    const shown = await server.get(address);
    expect(shown.json).toMatchObject({ name, credentials: [{ kind: 'secret' }] });
    expect(shown.text).not.toContain(secret);
    const removed = `${address}/credentials/${textAt(added, 'id')}`;
    expect((await server.call('DELETE', removed)).status).toBe(204);
    expect(
      (await server.call('PATCH', address, { payload: { role: 'Reader' } })).json,
    ).toMatchObject({ role: 'Reader' });
    expect((await server.call('DELETE', address)).status).toBe(204);
    expect((await server.get(address)).status).toBe(404);
  });

  test('take a public key, and no private one', async () => {
    const name = unique('program');
    await server.post('/api/v1/servicePrincipals', { name, role: 'Reader' });
    const address = `/api/v1/servicePrincipals/${name}/credentials`;
    const answer = await server.post(address, { publicKey: 'no key' });
    expect(answer).toMatchObject({ status: 400, json: { error: { code: 'CREDENTIAL_INVALID' } } });
  });
});

describe('the names of the tenant', () => {
  test('can be added and taken away, but not its id', async () => {
    const { id } = server.context.workspace.identity.tenants;
    const added = await server.post('/api/v1/tenants', { name: 'lab.example' });
    expect(added).toMatchObject({ status: 201, json: { value: [id, 'lab.example'] } });
    expect((await server.call('DELETE', '/api/v1/tenants/lab.example')).status).toBe(204);
    expect((await server.call('DELETE', `/api/v1/tenants/${id}`)).status).toBe(404);
  });
});
