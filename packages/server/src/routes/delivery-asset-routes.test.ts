import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp, textAt } from '../../test/test-app.ts';

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const groups = '/api/v1/variable-groups';
const connections = '/api/v1/service-connections';
const files = '/api/v1/secure-files';
const environments = '/api/v1/delivery-environments';
const secret = 'hunter2-hunter2';
const patch = (path: string, payload: object) => server.call('PATCH', path, { payload });

/** No log line and no file may hold it either; that the files do not, the package's own tests show. */
function expectNoSecret(...texts: readonly string[]): void {
  expect([...texts, ...server.logLines].join('\n')).not.toContain('hunter2');
}

describe('a variable group over HTTP', () => {
  const address = `${groups}/devopsforai-aml-vg`;
  const variables = {
    BASE_NAME: { value: 'diabetes' },
    KEY: { value: secret, isSecret: true },
  };

  test('is made once, read, changed and deleted, and its secret never comes back', async () => {
    const payload = { name: 'devopsforai-aml-vg', variables, allowAllPipelines: true };
    const made = await server.post(groups, payload);
    expect(made).toMatchObject({
      status: 201,
      json: {
        variables: { BASE_NAME: { value: 'diabetes' }, KEY: { value: null, isSecret: true } },
        createdBy: 'admin',
      },
    });
    const again = await server.post(groups, payload);
    expect(again).toMatchObject({
      status: 409,
      json: { error: { code: 'VARIABLE_GROUP_EXISTS' } },
    });
    const changed = await patch(address, {
      variables: { BASE_NAME: null, KEY: { value: null }, MORE: { value: 'x' } },
      pipelines: ['CI'],
    });
    expect(changed).toMatchObject({ status: 200, json: { pipelines: ['CI'] } });
    const listed = await server.get(`${groups}?limit=5`);
    const shown = await server.get(address);
    expect(listed.json).toEqual({ value: [shown.json] });
    expect(Object.keys((shown.json as { variables: object }).variables)).toEqual(['KEY', 'MORE']);
    const values = await server.context.delivery.assets.groups.resolve(
      ['devopsforai-aml-vg'],
      'CI',
    );
    expect(values.get('devopsforai-aml-vg')?.get('KEY')?.value).toBe(secret);
    expectNoSecret(made.text, again.text, changed.text, listed.text, shown.text);
    expect((await server.call('DELETE', address)).status).toBe(204);
    expect(await server.get(address)).toMatchObject({
      status: 404,
      json: { error: { code: 'VARIABLE_GROUP_NOT_FOUND' } },
    });
  });

  test.each([
    ['another word', { name: 'g', variables: { A: { value: secret, isSecrt: true } } }, 'isSecrt'],
    ['a value that is no text', { name: 'g', variables: { A: { value: [secret] } } }, 'value'],
    ['a bare text', { name: 'g', variables: { A: secret } }, 'variables'],
    ['no name', { variables: {} }, 'name'],
    [
      'a base name',
      { name: 'devopsforai-aml-vg', variables: { BASE_NAME: { value: 'a-b' } } },
      '3 to 10',
    ],
    [
      'a value that nobody can keep',
      { name: 'g', variables: { A: { value: `${secret}\0` } } },
      "'A'",
    ],
    ['a prototype', '{"name": "g", "variables": {"__proto__": {"value": "hunter2"}}}', ''],
  ])('%s is refused, and no value shown', async (_what, payload, words) => {
    const answer = await server.post(groups, payload);
    expect(answer.status).toBe(400);
    expect(textAt(answer, 'error.message')).toContain(words);
    expectNoSecret(answer.text);
  });
});

describe('a service connection over HTTP', () => {
  const spec = {
    name: 'azure',
    type: 'azurerm',
    parameters: { tenantid: 't', serviceprincipalid: 'a', serviceprincipalkey: secret },
    skipCheck: true,
  };

  test('is made once, read, changed and deleted, and its secret never comes back', async () => {
    const made = await server.post(connections, spec);
    expect(made).toMatchObject({
      status: 201,
      json: { parameters: { tenantid: 't', serviceprincipalkey: null } },
    });
    expect(await server.post(connections, spec)).toMatchObject({ status: 409 });
    const changed = await patch(`${connections}/azure`, { allowAllPipelines: true });
    const shown = await server.get(`${connections}/azure`);
    expect(shown.json).toEqual(changed.json);
    expect((await server.get(connections)).json).toEqual({ value: [shown.json] });
    expectNoSecret(made.text, changed.text, shown.text);
    expect((await server.call('DELETE', `${connections}/azure`)).status).toBe(204);
    expect((await server.get(`${connections}/azure`)).status).toBe(404);
  });

  test("is tried: this very server takes its owner's token, and no other", async () => {
    const workspace = { name: 'aml-workspace-connection', type: 'ridgeline', url: server.url };
    const wrong = { ...workspace, parameters: { apitoken: secret } };
    const refused = await server.post(connections, wrong);
    expect(refused).toMatchObject({
      status: 409,
      json: { error: { code: 'SERVICE_CONNECTION_CHECK_FAILED' } },
    });
    expect(textAt(refused, 'error.message')).toContain('refuses its token');
    expectNoSecret(refused.text);
    const right = { ...workspace, parameters: { apitoken: server.token } };
    const made = await server.post(connections, right);
    expect(made).toMatchObject({ status: 201, json: { check: { status: 'Passed' } } });
    expect([made.text, ...server.logLines].join('')).not.toContain(server.token);
  });

  test.each([
    [{ ...spec, type: 'azure' }, 'azurerm'],
    [{ ...spec, parameters: {} }, 'serviceprincipalkey'],
    [{ ...spec, url: secret }, 'the url is no address'],
    [{ ...spec, secret }, "'secret'"],
  ])('a mistake is told, and no value shown', async (payload, words) => {
    const answer = await server.post(connections, payload);
    expect(answer.status).toBe(400);
    expect(textAt(answer, 'error.message')).toContain(words);
    expectNoSecret(answer.text);
  });
});

describe('a secure file over HTTP', () => {
  const upload = (query: string, payload: string | Buffer) =>
    server.call('POST', `${files}?${query}`, {
      payload,
      headers: { 'content-type': 'application/octet-stream' },
    });

  test('is uploaded once, shown, changed and deleted, and its content never comes back', async () => {
    const made = await upload('name=signing.key&pipelines=CI&pipelines=CD&description=x', secret);
    expect(made).toMatchObject({
      status: 201,
      json: { name: 'signing.key', pipelines: ['CD', 'CI'], sizeBytes: 15, createdBy: 'admin' },
    });
    expect(await upload('name=SIGNING.key', secret)).toMatchObject({
      status: 409,
      json: { error: { code: 'SECURE_FILE_EXISTS' } },
    });
    const changed = await patch(`${files}/signing.key`, { allowAllPipelines: true });
    const shown = await server.get(`${files}/signing.key`);
    expect(shown.json).toEqual(changed.json);
    expect((await server.get(files)).json).toEqual({ value: [shown.json] });
    const content = await server.context.delivery.assets.files.read('signing.key', 'any');
    expect(Buffer.from(content).toString()).toBe(secret);
    expectNoSecret(made.text, changed.text, shown.text);
    for (const path of ['content', 'download'])
      expect((await server.get(`${files}/signing.key/${path}`)).status).toBe(404);
    expect((await server.call('DELETE', `${files}/signing.key`)).status).toBe(204);
    expect((await server.get(`${files}/signing.key`)).status).toBe(404);
  });

  test.each([
    ['pipelines=CI', 'name'],
    ['name=a&allowAllPipelines=yes', 'allowAllPipelines'],
    ['name=a&permissions=x', 'permissions'],
    ['name=..', 'name of a folder'],
    ['name=a%2Fb', "holds a '/'"],
  ])('%s is refused', async (query, words) => {
    const answer = await upload(query, secret);
    expect(answer.status).toBe(400);
    expect(textAt(answer, 'error.message')).toContain(words);
    expectNoSecret(answer.text);
  });

  test('that is empty or too large is refused, and nothing of it is kept', async () => {
    expect((await upload('name=a', '')).status).toBe(400);
    const large = await upload('name=a', Buffer.alloc(10 * 1024 * 1024 + 1, 'x'));
    expect(large).toMatchObject({
      status: 413,
      json: { error: { code: 'SECURE_FILE_TOO_LARGE' } },
    });
    expect((await server.get(files)).json).toEqual({ value: [] });
  });
});

describe('a deployment environment over HTTP', () => {
  test('is made with checks, read, changed and deleted, and has a history', async () => {
    const checks = [{ type: 'approval', approvers: ['ada'] }, { type: 'exclusiveLock' }];
    const made = await server.post(environments, { name: 'production', checks });
    expect(made).toMatchObject({
      status: 201,
      json: { checks: [{ type: 'approval', minimumApprovers: 1 }, { timeoutMinutes: 1440 }] },
    });
    const changed = await patch(`${environments}/production`, { checks: [checks[1]] });
    expect(changed.json).toMatchObject({ checks: { length: 1 } });
    const listed = await server.get(environments);
    expect(listed.json).toEqual({ value: [changed.json] });
    const history = await server.get(`${environments}/production/deployments?limit=5`);
    expect(history.json).toEqual({ value: [] });
    expect((await server.call('DELETE', `${environments}/production`)).status).toBe(204);
    const gone = await server.get(`${environments}/production/deployments`);
    expect(gone).toMatchObject({ status: 404 });
  });

  test.each([
    [[{ type: 'approval', allowedBranches: ['x'] }], "has no 'allowedBranches'"],
    [[{ type: 'businessHours', days: ['Monday'] }], 'Mon'],
    [[{ type: 'moon' }], 'branchControl'],
  ])('a mistake is told: %j', async (checks, words) => {
    const answer = await server.post(environments, { name: 'e', checks });
    expect(answer.status).toBe(400);
    expect(textAt(answer, 'error.message')).toContain(words);
  });
});
