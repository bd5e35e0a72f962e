import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
const address = '/api/v1/environments';

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const condaFile = { dependencies: ['python=3.11', 'pip', { pip: ['numpy==2.1.0'] }] };

describe('an environment', () => {
  test('is registered, with what was passed over', async () => {
    const made = await server.post(address, {
      name: 'sklearn',
      image: 'mcr.microsoft.com/azureml/base',
      condaFile,
      tags: { team: 'a' },
    });
    expect(made).toMatchObject({
      status: 201,
      json: {
        name: 'sklearn',
        version: '1',
        kind: 'python',
        python: '==3.11.*',
        requirements: ['numpy==2.1.0'],
        notes: [expect.stringContaining("image 'mcr.microsoft.com/azureml/base' is ignored")],
        tags: { team: 'a' },
      },
    });
  });

  test('has versions, and is listed with the one that is built in', async () => {
    await server.post(address, { name: 'two', condaFile });
    await server.post(address, { name: 'two', requirements: ['numpy'] });
    const { json } = await server.get(`${address}/two`);
    expect(json).toMatchObject({ value: [{ version: '2' }, { version: '1' }] });
    const latest = await server.get(`${address}/two/versions/latest`);
    expect(latest.json).toMatchObject({ version: '2', requirements: ['numpy'] });
    const all = (await server.get(address)).json as { value: readonly { name: string }[] };
    expect(all.value.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['ridgeline-node', 'two']),
    );
  });

  test.each([
    ['that is not there', 'GET', '/none/versions/1', undefined, 404, 'ENVIRONMENT_NOT_FOUND'],
    ['without a name', 'POST', '', { condaFile }, 400, null],
    ['with a word that nobody knows', 'POST', '', { name: 'x', condaFile, extra: 1 }, 400, null],
    ['of nothing', 'POST', '', { name: 'x' }, 400, 'ENVIRONMENT_INVALID'],
    [
      'that sets variables',
      'POST',
      '',
      { name: 'x', condaFile: { ...condaFile, variables: {} } },
      400,
      'ENVIRONMENT_INVALID',
    ],
    [
      'under a name of Azure ML’s',
      'POST',
      '',
      { name: 'AzureML-sklearn', condaFile },
      400,
      'ENVIRONMENT_INVALID',
    ],
    [
      'with other content under a version that is taken',
      'POST',
      '',
      { name: 'sklearn', version: '1', requirements: [] },
      400,
      'RESOURCE_ALREADY_EXISTS',
    ],
  ] as const)('%s is refused', async (_what, method, path, payload, status, code) => {
    const options = payload === undefined ? {} : { payload };
    const answer = await server.call(method, `${address}${path}`, options);
    expect(answer.status).toBe(status);
    if (code !== null) expect(answer.json).toMatchObject({ error: { code } });
  });
});
