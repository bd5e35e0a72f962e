// Delivery over HTTP: what is made, what is refused and in which words, and who may decide.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from '@ridgeline/azure-pipelines';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { TestApp, textAt } from '../../test/test-app.ts';
import { until } from '../../test/until.ts';

const yaml = `
trigger: none
stages:
  - stage: Make
    jobs:
      - job: Model
        steps:
          - checkout: none
          - script: |
              mkdir -p $(Build.ArtifactStagingDirectory)/deep
              echo good > "$(Build.ArtifactStagingDirectory)/deep/a model.txt"
              echo "token $TOKEN"
            env: { TOKEN: $(System.AccessToken) }
            displayName: Make
          - publish: $(Build.ArtifactStagingDirectory)
            artifact: model
  - stage: Prod
    jobs:
      - deployment: Ship
        environment: production
        strategy: { runOnce: { deploy: { steps: [{ script: echo shipped }] } } }
`;

let server: TestApp;
let repository: string;

beforeAll(async () => {
  server = await TestApp.open();
  repository = path.join(await temporaryFolder(), 'repository');
  await mkdir(repository);
  await git(repository, ['init', '--quiet', '--initial-branch=main']);
  await writeFile(path.join(repository, 'azure-pipelines.yml'), yaml);
  await git(repository, ['add', '--all']);
  const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
  await git(repository, [...author, 'commit', '--quiet', '-m', 'first']);
  await server.post('/api/v1/delivery-environments', {
    name: 'production',
    checks: [{ type: 'approval' }],
  });
  await server.post('/api/v1/delivery-pipelines', {
    name: 'CI',
    repository: { location: repository },
  });
});
afterAll(() => server.close());

describe('a delivery pipeline', () => {
  test('is read, changed, listed and deleted by its name', async () => {
    const made = await server.post('/api/v1/delivery-pipelines', {
      name: 'Other',
      repository: { location: repository },
      variables: [{ name: 'key', value: 'hunter2', isSecret: true }],
    });
    expect(made).toMatchObject({ status: 201, json: { variables: [{ name: 'key', value: '' }] } });
    const url = '/api/v1/delivery-pipelines/Other';
    // A push that comes next counts already.
    expect(textAt(await server.get(`${url}/triggers`), 'watchedSince')).not.toBe('');
    const changed = await server.call('PATCH', url, { payload: { enabled: false } });
    expect(changed.json).toMatchObject({ name: 'Other', enabled: false });
    const { json } = await server.get('/api/v1/delivery-pipelines');
    expect(json).toMatchObject({ value: [{ name: 'CI' }, { name: 'Other' }] });
    expect(await server.get(`${url}/triggers`)).toMatchObject({ json: { events: [] } });
    expect((await server.call('DELETE', url)).status).toBe(204);
    expect(await server.get(url)).toMatchObject({
      status: 404,
      json: { error: { code: 'DELIVERY_PIPELINE_NOT_FOUND' } },
    });
  });

  test('that cannot be is refused, with all that is wrong', async () => {
    const asked = { name: 'a/b', repository: { location: 'nowhere' } };
    expect(await server.post('/api/v1/delivery-pipelines', asked)).toMatchObject({
      status: 400,
      json: {
        error: {
          code: 'DELIVERY_PIPELINE_INVALID',
          message: expect.stringMatching(/a\/b.*nowhere/),
        },
      },
    });
  });
});

test('a build waits for a person, whom its own token cannot be, and leaves logs and artifacts', async () => {
  const queued = await server.post('/api/v1/builds', { pipeline: 'CI' });
  expect(queued).toMatchObject({ status: 201, json: { reason: 'Manual', requestedBy: 'admin' } });
  const url = `/api/v1/builds/${textAt(queued, 'id')}`;
  await until('it asks', async () =>
    (await server.get(url)).text.includes('"state":"pending","decisions"') ? true : null,
  );
  const { token } = await server.context.workspace.identity.tokens.create({
    name: 'build:1 Make.Model',
    owner: { kind: 'token', id: 'admin' },
    atMost: ['Contributor'],
    madeBy: 'build 1',
  });
  const decision = { stage: 'Prod', comment: 'go' };
  expect(await server.post(`${url}/approve`, decision, { token })).toMatchObject({
    status: 403,
    json: { error: { code: 'PERMISSION_DENIED' } },
  });
  expect(await server.post(`${url}/approve`, { stage: 'Nowhere' })).toMatchObject({ status: 409 });
  expect((await server.post(`${url}/approve`, decision)).status).toBe(200);
  await until('it has ended', async () =>
    (await server.get(url)).text.includes('"status":"completed"') ? true : null,
  );
  const build = await server.get(url);
  expect(build.json).toMatchObject({ result: 'succeeded' });
  const text = (await server.get(`${url}/logs/2`)).text;
  expect(text).toContain('token ***');
  expect((await server.get(`${url}/logs/2?from=100000`)).json).toMatchObject({
    lines: [],
    isComplete: true,
  });
  const files = await server.get(`${url}/artifacts/model/files`);
  expect(files.json).toEqual({ value: ['deep/a model.txt'] });
  const file = await server.get(`${url}/artifacts/model/files/deep/a%20model.txt`);
  expect(file.text).toBe('good\n');
  expect((await server.get(`${url}/artifacts/model/files/..%2f..%2fsnapshot.json`)).status).toBe(
    404,
  );
  expect((await server.get(`${url}/yaml`)).text).toContain('stage: Make');
  expect(
    (await server.get('/api/v1/delivery-environments/production/deployments')).json,
  ).toMatchObject({
    value: [{ pipeline: 'CI', stage: 'Prod', status: 'Succeeded' }],
  });
});

test.each([
  ['POST', '/api/v1/builds', { pipeline: 'None' }, 404, 'DELIVERY_PIPELINE_NOT_FOUND'],
  ['POST', '/api/v1/builds', { pipeline: 'CI', branch: 'none' }, 400, 'REPOSITORY_NOT_READ'],
  ['POST', '/api/v1/builds', { pipeline: 'CI', what: 1 }, 400, 'INVALID_PARAMETER_VALUE'],
  ['GET', '/api/v1/builds/99', undefined, 404, 'BUILD_NOT_FOUND'],
  ['GET', '/api/v1/builds/x', undefined, 404, 'BUILD_NOT_FOUND'],
  ['POST', '/api/v1/builds/99/rerun', undefined, 404, 'BUILD_NOT_FOUND'],
  ['GET', '/api/v1/variable-groups/none', undefined, 404, 'VARIABLE_GROUP_NOT_FOUND'],
  ['GET', '/api/v1/service-connections/none', undefined, 404, 'SERVICE_CONNECTION_NOT_FOUND'],
] as const)('%s %s with %j is %i %s', async (method, url, payload, status, code) => {
  const answer = await server.call(method, url, payload === undefined ? {} : { payload });
  expect(answer).toMatchObject({ status, json: { error: { code } } });
});
