// Hooks over HTTP: the secret that is shown once, what is refused in which words, and that whatever
// comes is a mistake of the sender at worst.
import { createHmac } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from '@ridgeline/azure-pipelines';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { TestApp, textAt } from '../../test/test-app.ts';
import { until } from '../../test/until.ts';

const yaml = `
trigger: [main]
resources: { webhooks: [{ webhook: drift, connection: monitor }] }
steps:
- { checkout: none }
- script: echo "drift of \${{ parameters.drift.model }}"
  displayName: say
`;

let server: TestApp;
let repository: string;
let secret: string;
const address = '/api/v1/delivery-pipelines/Model CI/hooks'.replace(' ', '%20');

beforeAll(async () => {
  server = await TestApp.open();
  repository = path.join(await temporaryFolder(), 'repository');
  await mkdir(repository);
  await git(repository, ['init', '--quiet', '--initial-branch=main']);
  await push({ 'azure-pipelines.yml': yaml });
  const location = repository;
  await server.post('/api/v1/delivery-pipelines', { name: 'Model CI', repository: { location } });
  const made = await server.post('/api/v1/delivery-pipelines/Model%20CI/hook-secret');
  expect(made).toMatchObject({ status: 201, json: { path: address } });
  secret = textAt(made, 'secret');
  // What was pushed before the first look would not count.
  await until('it is watched', async () => {
    const { text } = await server.get('/api/v1/delivery-pipelines/Model%20CI/triggers');
    return text.includes('"watchedSince":"') ? true : null;
  });
});
afterAll(() => server.close());

async function push(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files))
    await writeFile(path.join(repository, name), text);
  await git(repository, ['add', '--all']);
  const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
  await git(repository, [...author, 'commit', '--quiet', '-m', 'change']);
}

function send(url: string, payload: string | undefined, headers: Readonly<Record<string, string>>) {
  const type = { 'content-type': 'application/json' };
  const options = { token: null, headers: { ...type, ...headers } };
  return server.call('POST', url, { ...options, ...(payload !== undefined && { payload }) });
}

const signed = (body: string) => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

describe('the secret of hooks', () => {
  test('is shown once, and stands in no answer and no log', async () => {
    const shown = await server.get('/api/v1/delivery-pipelines/Model%20CI');
    expect(shown.json).toMatchObject({ hookSecretAt: expect.stringMatching(/^20/) });
    expect(shown.text).not.toContain(secret);
    await send(address, '{}', { authorization: `Basic ${btoa(`x:${secret}`)}` });
    expect(server.logLines.join('')).not.toContain(secret);
  });

  test('is of one pipeline, and ends when it is deleted', async () => {
    const url = '/api/v1/delivery-pipelines/Other';
    await server.post('/api/v1/delivery-pipelines', {
      name: 'Other',
      repository: { location: repository },
    });
    expect(await send(`${url}/hooks`, '{}', signed('{}'))).toMatchObject({ status: 401 });
    const made = await server.post(`${url}/hook-secret`);
    const by = { authorization: `Basic ${btoa(`x:${textAt(made, 'secret')}`)}` };
    expect((await send(`${url}/hooks`, '{}', by)).status).toBe(202);
    expect((await server.call('DELETE', `${url}/hook-secret`)).status).toBe(204);
    expect((await send(`${url}/hooks`, '{}', by)).status).toBe(401);
    await server.call('DELETE', url);
  });
});

const wrong = `sha256=${'0'.repeat(64)}`;

describe('a hook', () => {
  test('that is signed has the push seen at once', async () => {
    await push({ a: '1' });
    const answer = await send(address, '{}', { ...signed('{}'), 'x-github-event': 'push' });
    expect(answer).toMatchObject({ status: 202, json: { accepted: true } });
    await until('the push is built', async () => {
      const { text } = await server.get('/api/v1/builds?pipeline=Model%20CI');
      return text.includes('"reason":"IndividualCI"') ? true : null;
    });
  });

  test('of the resources starts a build that reads its payload', async () => {
    const body = '{"model":"diabetes"}';
    const answer = await send(`${address}/drift`, body, signed(body));
    expect(answer).toMatchObject({ status: 202, json: { accepted: true } });
    await until('it is built', async () => {
      const { text } = await server.get('/api/v1/builds?pipeline=Model%20CI&result=succeeded');
      return text.includes('"reason":"ResourceTrigger"') ? true : null;
    });
    const { json } = await server.get('/api/v1/builds?pipeline=Model%20CI');
    const { value } = json as { value: readonly { id: string; reason: string }[] };
    const id = value.find(({ reason }) => reason === 'ResourceTrigger')?.id;
    expect((await server.get(`/api/v1/builds/${id}/yaml`)).text).toContain('drift of diabetes');
  });

  test.each([
    ['without a signature', 2, {}, 401, 'HOOK_UNAUTHENTICATED'],
    ['with a wrong one', 2, { 'x-hub-signature-256': wrong }, 401, 'HOOK_UNAUTHENTICATED'],
    ['without a body', 0, {}, 401, 'HOOK_UNAUTHENTICATED'],
    ['that is too large', 6 * 1024 * 1024, {}, 413, 'REQUEST_TOO_LARGE'],
  ] as const)('%s is refused', async (_what, size, headers, status, code) => {
    const answer = await send(address, size === 0 ? undefined : 'x'.repeat(size), headers);
    expect(answer).toMatchObject({ status, json: { error: { code } } });
  });

  test('for a pipeline that is not there is refused as one that is not signed', async () => {
    const other = await send('/api/v1/delivery-pipelines/None/hooks', '{}', signed('{}'));
    expect(other.text).toBe((await send(address, '{}', {})).text);
  });

  test('is refused or taken, whatever it holds', async () => {
    const events = fc.constantFrom('push', 'pull_request', 'ping', 'x');
    const bodies = fc.oneof(fc.json(), fc.string(), fc.constant(undefined));
    const types = fc.constantFrom('application/json', 'text/plain', 'a/b', '');
    await fc.assert(
      fc.asyncProperty(bodies, events, types, fc.boolean(), async (body, event, type, isAlias) => {
        const answer = await send(isAlias ? `${address}/drift` : address, body, {
          ...signed(body ?? ''),
          'x-github-event': event,
          'content-type': type,
        });
        expect(answer.status).toBeLessThan(500);
        expect(answer.status).not.toBe(401);
      }),
      { numRuns: 60 },
    );
  });
});

test('a build of a pull request is asked for by its branches', async () => {
  await git(repository, ['branch', 'feature/x']);
  const asked = { pipeline: 'Model CI', pullRequest: { source: 'feature/x', into: 'main' } };
  expect(await server.post('/api/v1/builds', asked)).toMatchObject({
    status: 201,
    json: { reason: 'PullRequest', branch: 'refs/pull/1/merge' },
  });
  const both = { ...asked, branch: 'main' };
  expect(await server.post('/api/v1/builds', both)).toMatchObject({
    status: 400,
    json: { error: { code: 'BUILD_INVALID' } },
  });
  const odd = { pipeline: 'Model CI', pullRequest: { number: 'x', more: 1 } };
  expect((await server.post('/api/v1/builds', odd)).status).toBe(400);
});
