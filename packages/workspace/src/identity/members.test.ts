// People, programs, tokens and the issuers that are trusted: what is kept of them, and what is not.
import { generateKeyPairSync } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  openWorkspaceDatabase,
  type WorkspaceDatabase,
} from '../database/open-workspace-database.ts';
import { databasePlace } from '../database/temporary-database.fixture.ts';
import { StagingFolder } from '../files/staging-folder.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Secrets } from '../secrets/secrets.ts';
import { Identity } from './identity.ts';
import { identityLimits } from './identity-limits.ts';

let folder: string;
let database: WorkspaceDatabase;
let secrets: Secrets;
let identity: Identity;
let now: number;

const day = 24 * 60 * 60 * 1000;
const clock = () => now;
const inDays = (days: number) => new Date(now + days * day).toISOString();
const code = (code: string) => expect.objectContaining({ code });

beforeEach(async () => {
  now = Date.UTC(2030, 0, 1, 12, 34, 56);
  folder = await temporaryFolder();
  database = await openWorkspaceDatabase(databasePlace(folder));
  const staging = new StagingFolder(join(folder, '.incoming'));
  secrets = await Secrets.open({ database, file: join(folder, 'secrets.key'), staging });
  identity = await Identity.open({ database, secrets, clock });
});
afterEach(() => database.close());

const admins = { kind: 'token', id: 'admin' } as const;
const tokenOf = (owner: { kind: 'token' | 'user' | 'servicePrincipal'; id: string }, more = {}) =>
  identity.tokens.create({ name: 't', owner, atMost: ['Owner'], madeBy: 'admin', ...more });

describe('a user', () => {
  test('is found by name in any case, and by id', async () => {
    const user = await identity.users.create({ name: 'Alice@example.com', role: 'Contributor' });
    expect(user).toMatchObject({
      displayName: 'Alice@example.com',
      hasPassword: false,
      invitedUntil: null,
    });
    expect(await identity.users.get('ALICE@example.com')).toEqual(user);
    expect(await identity.users.get(user.id)).toEqual(user);
    expect(await identity.users.list()).toEqual([user]);
  });

  test('has a name that nobody else has, not even in another case', async () => {
    await identity.users.create({ name: 'alice', role: 'Reader' });
    const again = identity.users.create({ name: 'ALICE', role: 'Owner' });
    await expect(again).rejects.toEqual(code('MEMBER_ALREADY_EXISTS'));
  });

  test.each(['', ' ', 'a b', 'a/b', 'a\nb', '<b>', 'x'.repeat(129), crypto.randomUUID(), 5, null])(
    'is not called %j',
    async (name) => {
      const made = identity.users.create({ name: name as string, role: 'Reader' });
      await expect(made).rejects.toEqual(code('INVALID_PARAMETER_VALUE'));
    },
  );

  test('has one of three roles', async () => {
    const made = identity.users.create({ name: 'a', role: 'Admin' as 'Owner' });
    await expect(made).rejects.toThrow(
      "role must be one of Reader, Contributor, Owner, got 'Admin'",
    );
  });

  test('who is not there is told so', async () => {
    const refused = await Promise.allSettled([
      identity.users.get('nobody'),
      identity.users.update('nobody', { role: 'Reader' }),
      identity.users.delete('nobody'),
      identity.users.invite('nobody'),
    ]);
    for (const each of refused) {
      expect(each).toEqual({ status: 'rejected', reason: code('MEMBER_NOT_FOUND') });
    }
  });
});

describe('a password', () => {
  const password = 'correct horse battery';

  test('is set by an invitation, once, and lets in only with the right name', async () => {
    await identity.users.create({ name: 'alice', role: 'Reader' });
    await identity.users.create({ name: 'bob', role: 'Reader' });
    expect(await identity.users.authenticate('alice', '')).toBeNull();
    const { code: invitation } = await identity.users.invite('alice');
    await identity.users.acceptInvitation(invitation, password);
    expect(await identity.users.authenticate('Alice', password)).toMatchObject({ name: 'alice' });
    expect(await identity.users.authenticate('alice', `${password} `)).toBeNull();
    expect(await identity.users.authenticate('bob', password)).toBeNull();
    expect(await identity.users.authenticate('nobody', password)).toBeNull();
    const again = identity.users.acceptInvitation(invitation, 'another good password');
    await expect(again).rejects.toEqual(code('INVITATION_INVALID'));
  });

  test.each(['', 'short', 'x'.repeat(257), 5, 'null\0 is no text at all'])(
    'is not %j',
    async (bad) => {
      await identity.users.create({ name: 'alice', role: 'Reader' });
      const { code: invitation } = await identity.users.invite('alice');
      const set = identity.users.acceptInvitation(invitation, bad as string);
      await expect(set).rejects.toEqual(code('INVALID_PARAMETER_VALUE'));
    },
  );

  test('is not set by an invitation that is over, replaced, or made up', async () => {
    await identity.users.create({ name: 'alice', role: 'Reader' });
    const { code: old } = await identity.users.invite('alice');
    const { code: fresh } = await identity.users.invite('alice');
    await expect(identity.users.invited(old)).rejects.toEqual(code('INVITATION_INVALID'));
    expect(await identity.users.invited(fresh)).toMatchObject({ invitedUntil: inDays(7) });
    now += 7 * day;
    await expect(identity.users.invited(fresh)).rejects.toEqual(code('INVITATION_INVALID'));
    await expect(identity.users.invited('made up')).rejects.toEqual(code('INVITATION_INVALID'));
    expect(await identity.users.get('alice')).toMatchObject({ invitedUntil: null });
  });
});

describe('an access token', () => {
  test('speaks for its owner, with the lesser of the two roles', async () => {
    const { id } = await identity.users.create({ name: 'alice', role: 'Contributor' });
    const whole = await tokenOf({ kind: 'user', id }, { atMost: ['Contributor'] });
    const less = await tokenOf({ kind: 'user', id }, { role: 'Reader' });
    const member = { kind: 'user', id, name: 'alice' };
    expect(await identity.authenticate(whole.token)).toMatchObject({
      ...member,
      role: 'Contributor',
    });
    expect(await identity.authenticate(less.token)).toMatchObject({ ...member, role: 'Reader' });
    await identity.users.update('alice', { role: 'Reader' });
    expect(await identity.authenticate(whole.token)).toMatchObject({ role: 'Reader' });
    await identity.users.delete('alice');
    expect(await identity.authenticate(whole.token)).toBeNull();
    expect(await identity.tokens.list()).toEqual([]);
  });

  test('never gets more than its maker and its owner have', async () => {
    const more = tokenOf(admins, { atMost: ['Owner', 'Contributor'], role: 'Owner' });
    await expect(more).rejects.toEqual(code('TOKEN_NOT_ALLOWED'));
    expect(await tokenOf(admins, { atMost: ['Owner', 'Contributor'] })).toMatchObject({
      role: 'Contributor',
    });
  });

  test('ends when it is to, or is revoked', async () => {
    const { token } = await tokenOf(admins, { expiresAt: inDays(1) });
    expect(await identity.authenticate(token)).toMatchObject({ kind: 'token', name: 't' });
    now += day;
    expect(await identity.authenticate(token)).toBeNull();
    const revoked = await tokenOf(admins);
    await identity.tokens.revoke(revoked.id);
    expect(await identity.authenticate(revoked.token)).toBeNull();
    await expect(identity.tokens.revoke(revoked.id)).rejects.toEqual(code('TOKEN_NOT_FOUND'));
    await expect(identity.tokens.get(revoked.id)).rejects.toEqual(code('TOKEN_NOT_FOUND'));
  });

  test('notes its last use to the hour', async () => {
    const { id, token } = await tokenOf(admins);
    expect(await identity.tokens.get(id)).toMatchObject({ lastUsedAt: null });
    await identity.authenticate(token);
    expect(await identity.tokens.get(id)).toMatchObject({ lastUsedAt: '2030-01-01T12:00:00.000Z' });
    now += day;
    await identity.authenticate(token);
    expect(await identity.tokens.get(id)).toMatchObject({ lastUsedAt: '2030-01-02T12:00:00.000Z' });
  });

  test.each([
    'tomorrow',
    '2030',
    '2029-01-01T00:00:00Z',
    '2031-01-01T00:00:00',
    '2230-01-01T00:00:00Z',
    5,
  ])('does not end at %j', async (expiresAt) => {
    await expect(tokenOf(admins, { expiresAt })).rejects.toEqual(code('INVALID_PARAMETER_VALUE'));
  });

  test('is one of a bounded number; those that are over make room', async () => {
    const limit = identityLimits.tokensPerOwner;
    for (let made = 0; made < limit; made += 1) await tokenOf(admins, { expiresAt: inDays(1) });
    await expect(tokenOf(admins)).rejects.toEqual(code('IDENTITY_LIMIT_REACHED'));
    now += day;
    await tokenOf(admins);
    expect(await identity.tokens.list(admins)).toHaveLength(1);
  });
});

describe('a service principal', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

  test('has several secrets at once, each of which ends by itself', async () => {
    const { servicePrincipals } = identity;
    const { credentials } = servicePrincipals;
    const { appId } = await servicePrincipals.create({ name: 'ci', role: 'Contributor' });
    const first = await credentials.addSecret(appId, { expiresAt: inDays(1) });
    const second = await credentials.addSecret(appId, { description: 'next' });
    expect(await credentials.checkSecret(appId, first.secret)).toBe('valid');
    expect(await credentials.checkSecret(appId, second.secret)).toBe('valid');
    expect(await credentials.checkSecret(appId, 'other')).toBe('wrong');
    now += day;
    expect(await credentials.checkSecret(appId, first.secret)).toBe('expired');
    await credentials.remove(appId, second.id);
    expect(await credentials.checkSecret(appId, second.secret)).toBe('wrong');
    await expect(credentials.remove(appId, second.id)).rejects.toEqual(
      code('CREDENTIAL_NOT_FOUND'),
    );
    expect(await credentials.list(appId)).toMatchObject([
      { kind: 'secret', hint: expect.stringMatching(/^rdg_.{3}…$/) },
    ]);
  });

  test('has public keys; a private one is refused, and so are weak ones', async () => {
    const { servicePrincipals } = identity;
    const { credentials } = servicePrincipals;
    const { appId } = await servicePrincipals.create({ name: 'ci', role: 'Reader' });
    await credentials.addKey(appId, pem, {});
    expect(await credentials.publicKeys(appId)).toEqual([pem]);
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const curve = generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey;
    for (const bad of [
      '',
      'text',
      privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      weak.export({ type: 'spki', format: 'pem' }).toString(),
      curve.export({ type: 'spki', format: 'pem' }).toString(),
    ]) {
      await expect(credentials.addKey(appId, bad, {})).rejects.toEqual(code('CREDENTIAL_INVALID'));
    }
  });

  test('is gone with all that it had', async () => {
    const { servicePrincipals } = identity;
    const { appId } = await servicePrincipals.create({ name: 'ci', role: 'Reader' });
    const { secret } = await servicePrincipals.credentials.addSecret(appId, {});
    const { token } = await tokenOf({ kind: 'servicePrincipal', id: appId });
    expect(await identity.authenticate(token)).toMatchObject({
      kind: 'servicePrincipal',
      role: 'Reader',
    });
    await servicePrincipals.delete('ci');
    expect(await identity.authenticate(token)).toBeNull();
    expect(await servicePrincipals.credentials.checkSecret(appId, secret)).toBe('wrong');
    expect(await servicePrincipals.find(appId)).toBeNull();
    await expect(servicePrincipals.get('ci')).rejects.toEqual(code('MEMBER_NOT_FOUND'));
  });

  test('is not called as another is, and has a bounded number of credentials', async () => {
    const { servicePrincipals } = identity;
    const { appId } = await servicePrincipals.create({ name: 'ci', role: 'Reader' });
    const again = servicePrincipals.create({ name: 'CI', role: 'Reader' });
    await expect(again).rejects.toEqual(code('MEMBER_ALREADY_EXISTS'));
    const limit = identityLimits.credentialsPerServicePrincipal;
    for (let made = 0; made < limit; made += 1)
      await servicePrincipals.credentials.addSecret(appId, {});
    const oneMore = servicePrincipals.credentials.addSecret(appId, {});
    await expect(oneMore).rejects.toEqual(code('IDENTITY_LIMIT_REACHED'));
  });
});

describe('an outside issuer', () => {
  const entra = {
    issuer: 'https://login.example/tenant/v2.0',
    audiences: ['api://ridgeline'],
    roles: { 'group-1': 'Contributor' },
  } as const;

  test('is kept as it was agreed, once', async () => {
    const added = await identity.issuers.add({ ...entra, tenant: 'tenant' });
    expect(added).toMatchObject({ ...entra, tenant: 'tenant', jwksUri: null });
    expect(await identity.issuers.find(entra.issuer)).toEqual(added);
    expect(await identity.issuers.find('https://other.example')).toBeNull();
    await expect(identity.issuers.add(entra)).rejects.toEqual(code('ISSUER_ALREADY_EXISTS'));
    await identity.issuers.delete(added.id);
    await expect(identity.issuers.delete(added.id)).rejects.toEqual(code('ISSUER_NOT_FOUND'));
  });

  test.each<readonly [string, object]>([
    ['plain http', { issuer: 'http://login.example' }],
    ['no URL', { issuer: 'login.example' }],
    ['a file', { issuer: 'file:///etc/passwd' }],
    ['a blank to fill in', { issuer: 'https://login.example/{tenantid}/v2.0' }],
    ['a name and password', { issuer: 'https://a:b@login.example' }],
    ['keys over plain http', { jwksUri: 'http://login.example/keys' }],
    ['no audience', { audiences: [] }],
    ['no role', { roles: {} }],
    ['a role that there is not', { roles: { x: 'Admin' } }],
  ])('is refused with %s', async (_what, change) => {
    const added = identity.issuers.add({ ...entra, ...change });
    await expect(added).rejects.toEqual(code('INVALID_PARAMETER_VALUE'));
  });
});

describe('the tenant', () => {
  test('has an id that stays, and further names in any case', async () => {
    const { id } = identity.tenants;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await identity.tenants.add('Contoso.Example');
    const again = await Identity.open({ database, secrets, clock });
    expect(again.tenants.id).toBe(id);
    expect(await again.tenants.list()).toEqual([id, 'contoso.example']);
    expect(await again.tenants.isTenant('CONTOSO.example')).toBe(true);
    expect(await again.tenants.isTenant('other')).toBe(false);
    await again.tenants.remove('contoso.example');
    await expect(again.tenants.remove(id)).rejects.toEqual(code('TENANT_NOT_FOUND'));
    expect(await again.tenants.isTenant('contoso.example')).toBe(false);
  });

  test.each(['', 'api', 'a/b', '..', '-a', 'a b', 'ä'])('is not called %j', async (name) => {
    await expect(identity.tenants.add(name)).rejects.toEqual(code('INVALID_PARAMETER_VALUE'));
  });
});

describe('what the authorization server remembers', () => {
  test('is found by what it was kept under until it ends, and used up once', async () => {
    const { oauthRecords } = identity;
    const keys = { id: 'code-1', grantId: 'grant', uid: 'uid', userCode: 'USER' };
    await oauthRecords.put('DeviceCode', keys, { accountId: 'user:1' }, 60);
    const found = { payload: { accountId: 'user:1' }, consumedAt: null };
    expect(await oauthRecords.get('DeviceCode', 'code-1')).toEqual(found);
    expect(await oauthRecords.getByUid('DeviceCode', 'uid')).toEqual(found);
    expect(await oauthRecords.getByUserCode('DeviceCode', 'USER')).toEqual(found);
    expect(await oauthRecords.get('AccessToken', 'code-1')).toBeNull();
    const uses = await Promise.all(
      [1, 2, 3].map(() => oauthRecords.consume('DeviceCode', 'code-1')),
    );
    expect(uses.toSorted()).toEqual([false, false, true]);
    now += 60_000;
    expect(await oauthRecords.get('DeviceCode', 'code-1')).toBeNull();
  });

  test('goes with its grant, or by itself', async () => {
    const { oauthRecords } = identity;
    for (const id of ['a', 'b']) await oauthRecords.put('AccessToken', { id, grantId: id }, {}, 60);
    await oauthRecords.deleteGrant('a');
    expect(await oauthRecords.get('AccessToken', 'a')).toBeNull();
    expect(await oauthRecords.get('AccessToken', 'b')).not.toBeNull();
    await oauthRecords.delete('AccessToken', 'b');
    expect(await oauthRecords.get('AccessToken', 'b')).toBeNull();
  });

  test('an assertion is new once', async () => {
    const seen = await Promise.all(
      [1, 2, 3].map(() => identity.oauthRecords.putOnce('A', 'jti', 60)),
    );
    expect(seen.filter(Boolean)).toEqual([true]);
  });
});

test('nothing by which somebody gets in stands on the disk in clear', async () => {
  await identity.users.create({ name: 'alice', role: 'Owner' });
  const { code: invitation } = await identity.users.invite('alice');
  const password = 'correct horse battery';
  const { code: used } = await identity.users.invite('alice');
  await identity.users.acceptInvitation(used, password);
  const { appId } = await identity.servicePrincipals.create({ name: 'ci', role: 'Owner' });
  const { secret } = await identity.servicePrincipals.credentials.addSecret(appId, {});
  const { token } = await tokenOf(admins);
  await identity.oauthRecords.put(
    'RefreshToken',
    { id: 'the-refresh-token' },
    { jti: 'the-refresh-token' },
    60,
  );
  const kept = [invitation, used, password, secret, token, 'the-refresh-token'];
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
    expect(
      kept.filter((text) => bytes.includes(text)),
      name,
    ).toEqual([]);
  }
});
