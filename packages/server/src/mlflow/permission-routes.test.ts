// Permissions on single experiments and registered models: how they come, go, and are held to.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPerson, type Person } from '../../test/people.ts';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

let count = 0;
const newName = () => {
  count += 1;
  return `thing-${process.hrtime.bigint()}-${count}`;
};

type Role = 'Reader' | 'Contributor' | 'Owner';
const person = (role: Role) => newPerson(server.context.workspace, role);

async function newExperiment(token = server.token): Promise<string> {
  const answer = await call('POST', 'experiments/create', { name: newName() }, token);
  return textAt(answer, 'experiment_id');
}

async function newModel(token = server.token): Promise<string> {
  const name = newName();
  expect((await call('POST', 'registered-models/create', { name }, token)).status).toBe(200);
  return name;
}

function call(method: string, path: string, body: object | undefined, token = server.token) {
  return server.mlflow(method, path, body, { token });
}

function grant(
  experiment_id: string,
  { name: username }: Person,
  permission: string,
  token?: string,
) {
  const body = { experiment_id, username, permission };
  return call('POST', 'experiments/permissions/create', body, token);
}

const read = (id: string, { token }: Person) =>
  call('GET', `experiments/get?experiment_id=${id}`, undefined, token);
const rename = (id: string, { token }: Person) =>
  call('POST', 'experiments/update', { experiment_id: id, new_name: newName() }, token);

describe('a permission on an experiment', () => {
  test('is created, read, changed and deleted, and holds from each moment on', async () => {
    const id = await newExperiment();
    const alice = await person('Contributor');
    const named = { experiment_id: id, username: alice.name };
    const get = `experiments/permissions/get?experiment_id=${id}&username=${alice.name}`;
    const told = (permission: string) => ({
      experiment_permission: { experiment_id: id, user_id: alice.id, permission },
    });
    expect((await grant(id, alice, 'READ')).json).toEqual(told('READ'));
    expect((await call('GET', get, undefined)).json).toEqual(told('READ'));
    expect((await read(id, alice)).status).toBe(200);
    expect((await rename(id, alice)).status).toBe(403);
    const none = { ...named, permission: 'NO_PERMISSIONS' };
    expect((await call('PATCH', 'experiments/permissions/update', none)).status).toBe(200);
    expect(await read(id, alice)).toMatchObject({
      status: 403,
      json: { error_code: 'PERMISSION_DENIED' },
    });
    expect((await call('DELETE', 'experiments/permissions/delete', named)).status).toBe(200);
    expect((await call('GET', get, undefined)).json).toEqual(told('EDIT'));
    expect((await rename(id, alice)).status).toBe(200);
  });

  test('is there once: a second one, and a change of none, are refused', async () => {
    const id = await newExperiment();
    const alice = await person('Reader');
    const named = { experiment_id: id, username: alice.name };
    await grant(id, alice, 'EDIT');
    expect(await grant(id, alice, 'READ')).toMatchObject({
      status: 400,
      json: { error_code: 'RESOURCE_ALREADY_EXISTS' },
    });
    await call('DELETE', 'experiments/permissions/delete', named);
    for (const [method, change] of [
      ['PATCH', 'update'],
      ['DELETE', 'delete'],
    ] as const) {
      const body = { ...named, permission: 'READ' };
      expect(await call(method, `experiments/permissions/${change}`, body)).toMatchObject({
        status: 404,
        json: { error_code: 'RESOURCE_DOES_NOT_EXIST' },
      });
    }
  });

  test.each([
    ['a level that there is not', { permission: 'EVERYTHING' }, 400, 'INVALID_PARAMETER_VALUE'],
    ['no level', { permission: undefined }, 400, 'INVALID_PARAMETER_VALUE'],
    ['nobody', { username: 'nobody' }, 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['no experiment', { experiment_id: '999999' }, 404, 'RESOURCE_DOES_NOT_EXIST'],
    ['what is no id', { experiment_id: 'x' }, 404, 'RESOURCE_DOES_NOT_EXIST'],
  ])('is not for %s', async (_what, wrong, status, error_code) => {
    const { name: username } = await person('Reader');
    const right = { experiment_id: await newExperiment(), username, permission: 'READ' };
    const body = { ...right, ...wrong };
    expect(await call('POST', 'experiments/permissions/create', body)).toMatchObject({
      ...{ status, json: { error_code } },
    });
  });

  test('raises a reader there, and nowhere else', async () => {
    const [mine, other] = [await newExperiment(), await newExperiment()];
    const bob = await person('Reader');
    await grant(mine, bob, 'EDIT');
    const create = (id: string) => call('POST', 'runs/create', { experiment_id: id }, bob.token);
    const run_id = textAt(await create(mine), 'run.info.run_id');
    const tag = { run_id, key: 'k', value: 'v' };
    expect((await call('POST', 'runs/set-tag', tag, bob.token)).status).toBe(200);
    const elsewhere = await server.run({ experimentId: other });
    const theirs = { ...tag, run_id: elsewhere };
    expect((await call('POST', 'runs/set-tag', theirs, bob.token)).status).toBe(403);
    // One of the two is theirs: which one counts, a client does not choose.
    const both = { ...tag, run_uuid: elsewhere };
    expect((await call('POST', 'runs/set-tag', both, bob.token)).status).toBe(403);
    expect((await create(other)).status).toBe(403);
    expect((await call('POST', 'runs/create', {}, bob.token)).status).toBe(403);
    expect((await call('POST', 'experiments/create', { name: 'x' }, bob.token)).status).toBe(403);
    expect(
      (await call('POST', 'experiments/delete', { experiment_id: mine }, bob.token)).status,
    ).toBe(403);
  });

  test('of an owner holds no less than all', async () => {
    const id = await newExperiment();
    const owner = await person('Owner');
    await grant(id, owner, 'NO_PERMISSIONS');
    expect((await rename(id, owner)).status).toBe(200);
  });
});

describe('who creates', () => {
  test('manages what they have made, and lets others in or out', async () => {
    const [alice, bob] = [await person('Contributor'), await person('Contributor')];
    const id = await newExperiment(alice.token);
    expect((await grant(id, bob, 'NO_PERMISSIONS', bob.token)).status).toBe(403);
    expect((await grant(id, bob, 'NO_PERMISSIONS', alice.token)).status).toBe(200);
    expect((await read(id, bob)).status).toBe(403);
    const name = await newModel(alice.token);
    const body = { name, username: bob.name, permission: 'MANAGE' };
    const create = 'registered-models/permissions/create';
    expect((await call('POST', create, body, alice.token)).status).toBe(200);
    expect(
      (
        await call(
          'DELETE',
          'registered-models/permissions/delete',
          { name, username: alice.name },
          bob.token,
        )
      ).status,
    ).toBe(200);
  });

  test('has no more where they have come with a token for less, or are an owner', async () => {
    const owner = await person('Owner');
    const id = await newExperiment(owner.token);
    const { permissions } = server.context.workspace;
    expect(await permissions.find({ kind: 'experiment', id }, owner.id)).toBeNull();
  });
});

describe('a permission on a model', () => {
  test('goes along with its name, and ends with it', async () => {
    const name = await newModel();
    const bob = await person('Contributor');
    const body = { name, username: bob.name, permission: 'NO_PERMISSIONS' };
    await call('POST', 'registered-models/permissions/create', body);
    const newName = `${name}-2`;
    await call('POST', 'registered-models/rename', { name, new_name: newName });
    const get = `registered-models/get?name=${newName}`;
    expect((await call('GET', get, undefined, bob.token)).status).toBe(403);
    await call('DELETE', 'registered-models/delete', { name: newName });
    await call('POST', 'registered-models/create', { name: newName });
    expect((await call('GET', get, undefined, bob.token)).status).toBe(200);
  });
});

describe('searches of who may not read something', () => {
  test('give full pages of the rest', async () => {
    const bob = await person('Reader');
    const prefix = newName();
    const ids: string[] = [];
    for (let number = 0; number < 9; number += 1) {
      const name = `${prefix}-${number}`;
      ids.push(textAt(await call('POST', 'experiments/create', { name }), 'experiment_id'));
      await call('POST', 'registered-models/create', { name });
      if (number % 3 !== 0) continue;
      await grant(ids[number] ?? '', bob, 'NO_PERMISSIONS');
      const model = { name, username: bob.name, permission: 'NO_PERMISSIONS' };
      await call('POST', 'registered-models/permissions/create', model);
    }
    const filter = encodeURIComponent(`name LIKE '${prefix}%'`);
    for (const [path, key] of [
      ['experiments/search', 'experiments'],
      ['registered-models/search', 'registered_models'],
    ] as const) {
      const sizes: number[] = [];
      let token = '';
      do {
        const url = `${path}?filter=${filter}&max_results=4&page_token=${token}`;
        const page = (await call('GET', url, undefined, bob.token)).json as Record<
          string,
          unknown[]
        >;
        sizes.push(page[key]?.length ?? 0);
        token = encodeURIComponent(String(page.next_page_token ?? ''));
      } while (token !== '');
      expect(sizes, path).toEqual([4, 2]);
    }
    for (const list of ['/api/v1/jobs', '/api/v1/endpoints', '/api/v1/jobs?experimentName=none']) {
      const answer = await server.get(list, { token: bob.token });
      expect(answer.json, list).toEqual({ value: [] });
    }
    for (const id of ids) await server.run({ experimentId: id });
    const runs = await call('POST', 'runs/search', { experiment_ids: ids }, bob.token);
    expect((runs.json as { runs: unknown[] }).runs).toHaveLength(6);
    const hidden = { experiment_ids: [ids[0] ?? ''] };
    expect((await call('POST', 'runs/search', hidden, bob.token)).json).not.toHaveProperty(
      'runs.0',
    );
  });
});

describe("the routes of MLflow 3.x's clients", () => {
  const at = (name: string) => `/api/3.0/mlflow/users/permissions/${name}`;

  test.each(['experiment', 'registered_model'] as const)('grant on an %s', async (kind) => {
    const bob = await person('Contributor');
    const resource_id = kind === 'experiment' ? await newExperiment() : await newModel();
    const body = { username: bob.name, resource_type: kind, resource_id };
    const get = () => server.get(`${at('get')}?${new URLSearchParams(body)}`, { token: bob.token });
    expect((await get()).json).toEqual({ allowed: true, permission: 'EDIT' });
    expect((await server.post(at('grant'), { ...body, permission: 'DENY' })).json).toEqual({});
    expect((await get()).json).toEqual({ allowed: false, permission: 'DENY' });
    const twice = await server.post(at('grant'), { ...body, permission: 'READ' });
    expect(twice.json).toMatchObject({ error_code: 'RESOURCE_ALREADY_EXISTS' });
    expect((await server.post(at('revoke'), body, { token: bob.token })).status).toBe(403);
    expect((await server.post(at('revoke'), body)).json).toEqual({});
    expect((await server.post(at('revoke'), body)).status).toBe(404);
  });

  test('say what has no permissions, and that nobody may use what is not there', async () => {
    const { name: username } = await person('Reader');
    const secret = { username, resource_type: 'gateway_secret', resource_id: '1' };
    expect(await server.post(at('grant'), { ...secret, permission: 'READ' })).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining('experiment, registered_model, prompt') },
    });
    const gone = { username, resource_type: 'experiment', resource_id: '999999' };
    expect((await server.get(`${at('get')}?${new URLSearchParams(gone)}`)).json).toEqual({
      ...{ allowed: false, permission: 'DENY' },
    });
  });
});
