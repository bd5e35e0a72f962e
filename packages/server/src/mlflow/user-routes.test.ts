// MLflow's users and permissions on the people and the roles of the workspace.
import type { Role } from '@ridgeline/workspace';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let count = 0;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const password = 'a sentence is a good one';
const users = (method: string, path: string, body?: object, token = server.token) =>
  server.mlflow(method, `users/${path}`, body, { token });

async function newUser(): Promise<string> {
  count += 1;
  const username = `user-${count}`;
  const answer = await users('POST', 'create', { username, password });
  expect(answer).toMatchObject({ status: 200, json: { user: { username, is_admin: false } } });
  return username;
}

async function tokenOf(username: string, role: Role): Promise<string> {
  const { identity } = server.context.workspace;
  const { id } = await identity.users.get(username);
  await identity.users.update(username, { role });
  const owner = { kind: 'user', id } as const;
  const made = await identity.tokens.create({ name: 't', owner, atMost: [role], madeBy: 'm' });
  return made.token;
}

test('a person is added, made an owner, and removed', async () => {
  const username = await newUser();
  const { identity } = server.context.workspace;
  expect(await identity.users.get(username)).toMatchObject({ role: 'Contributor' });
  expect(await identity.users.authenticate(username, password)).not.toBeNull();
  await users('PATCH', 'update-password', { username, password: `${password}, too` });
  expect(await identity.users.authenticate(username, password)).toBeNull();
  await users('PATCH', 'update-admin', { username, is_admin: true });
  expect((await users('GET', `get?username=${username}`)).json).toMatchObject({
    user: { username, is_admin: true },
  });
  await users('PATCH', 'update-admin', { username, is_admin: false });
  expect(await identity.users.get(username)).toMatchObject({ role: 'Contributor' });
  expect((await users('GET', 'list')).text).toContain(username);
  expect((await users('DELETE', 'delete', { username })).json).toEqual({});
  expect((await users('GET', `get?username=${username}`)).status).toBe(404);
});

test('a reader who is no admin stays a reader', async () => {
  const username = await newUser();
  await tokenOf(username, 'Reader');
  await users('PATCH', 'update-admin', { username, is_admin: false });
  const user = await server.context.workspace.identity.users.get(username);
  expect(user.role).toBe('Reader');
});

test.each([
  ['create', { username: 'x', password: 'short' }],
  ['create', { username: '', password }],
  ['create', { username: 'x' }],
])('%s of %j is refused, and nobody is added', async (path, body) => {
  const before = (await users('GET', 'list')).text;
  const answer = await users('POST', path, body);
  expect(answer).toMatchObject({ status: 400, json: { error_code: 'INVALID_PARAMETER_VALUE' } });
  expect(answer.text).not.toContain('short');
  expect((await users('GET', 'list')).text).toBe(before);
});

describe('who is no owner', () => {
  test('sees themselves alone, and is not told of others', async () => {
    const [username, other] = [await newUser(), await newUser()];
    const token = await tokenOf(username, 'Reader');
    expect((await users('GET', `get?username=${username}`, undefined, token)).status).toBe(200);
    for (const name of [other, 'nobody']) {
      const answer = await users('GET', `get?username=${name}`, undefined, token);
      expect(answer).toMatchObject({
        status: 403,
        json: { message: 'who is no owner of the workspace may ask only about themselves' },
      });
    }
  });

  test('takes the token as the password of basic auth', async () => {
    const username = await newUser();
    const token = await tokenOf(username, 'Reader');
    const basic = Buffer.from(`${username}:${token}`).toString('base64');
    const headers = { authorization: `Basic ${basic}` };
    const path = `/api/2.0/mlflow/users/get?username=${username}`;
    expect((await server.get(path, { token: null, headers })).status).toBe(200);
    const wrong = Buffer.from(`${username}:${password}`).toString('base64');
    const refused = { authorization: `Basic ${wrong}` };
    expect((await server.get(path, { token: null, headers: refused })).status).toBe(401);
  });
});

describe('a permission', () => {
  test.each([
    ['Reader', 'READ'],
    ['Contributor', 'EDIT'],
    ['Owner', 'MANAGE'],
  ] as const)('of the role %s is %s, on everything', async (role, permission) => {
    const username = await newUser();
    const token = await tokenOf(username, role);
    const { id } = await server.context.workspace.identity.users.get(username);
    const experiment = `experiments/permissions/get?experiment_id=0&username=${username}`;
    expect((await server.mlflow('GET', experiment, undefined, { token })).json).toEqual({
      experiment_permission: { experiment_id: '0', user_id: id, permission },
    });
    const name = `model-of-${username}`;
    await server.mlflow('POST', 'registered-models/create', { name });
    const model = `registered-models/permissions/get?name=${name}&username=${username}`;
    expect((await server.mlflow('GET', model, undefined, { token })).json).toEqual({
      registered_model_permission: { name, user_id: id, permission },
    });
  });

  test('on what is not there is not told', async () => {
    const username = await newUser();
    const path = `experiments/permissions/get?experiment_id=99&username=${username}`;
    expect((await server.mlflow('GET', path)).status).toBe(404);
  });
});
