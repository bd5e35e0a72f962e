import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openLab } from '../assets.fixture.ts';
import { type OutsideAnswer, outside } from '../service-connections/outside.fixture.ts';
import type { GroupVariableSpec } from '../variable-groups/variable-group.ts';
import { vaultReader } from './vault-reader.ts';

const key = 'hunter2-of-the-principal';
const token = 'hunter2-the-token';
const unavailable = { code: 'DELIVERY_SECRET_UNAVAILABLE', status: 502 };

type Answer = (path: string) => OutsideAnswer;

/** A vault behind an authority that signs everybody in. */
async function vault(
  answer: Answer,
  tokenAnswer: OutsideAnswer = { status: 200, body: { access_token: token } },
) {
  return outside(({ path }) => (path.endsWith('/token') ? tokenAnswer : answer(path)));
}

async function groupOn(url: string, names: readonly string[] = ['key']) {
  const lab = await openLab();
  await lab.assets.connections.create({
    name: 'azure',
    type: 'azurerm',
    parameters: { tenantid: 't', serviceprincipalid: 'a', serviceprincipalkey: key },
    data: { environmentAuthorityUrl: url, keyVaultUrl: url },
    allowAllPipelines: true,
    skipCheck: true,
  });
  const variables = names.map((secret): [string, GroupVariableSpec] => [
    `V_${secret}`,
    { vaultSecret: { connection: 'azure', vault: 'kv', secret } },
  ]);
  const spec = { name: 'g', allowAllPipelines: true, variables: Object.fromEntries(variables) };
  await lab.assets.groups.create(spec);
  return () => lab.assets.groups.resolve(['g'], 'CI');
}

async function failureOf(read: () => Promise<unknown>): Promise<string> {
  const error: Error = await read().then(
    () => Promise.reject(new Error('it was read')),
    (reason) => reason,
  );
  expect(error).toMatchObject(unavailable);
  expect(JSON.stringify([error.message, error.cause, error.stack])).not.toContain('hunter2');
  return error.message;
}

describe('the secrets of a vault', () => {
  test('are read with one sign-in, a few at a time, and each variable gets its own', async () => {
    let [going, most] = [0, 0];
    const server = createServer(async ({ url = '' }, response) => {
      if (url.endsWith('/token')) return json(response, { access_token: token });
      most = Math.max(most, ++going);
      await new Promise((resolve) => setImmediate(resolve));
      going -= 1;
      json(response, { value: `of ${/secrets\/(.*)\?/.exec(url)?.[1]}` });
    });
    const names = Array.from({ length: 40 }, (_, index) => `s${index}`);
    const read = await groupOn(await listen(server), names);
    const values = (await read()).get('g');
    expect(names.map((name) => values?.get(`V_${name}`))).toEqual(
      names.map((name) => ({ value: `of ${name}`, secret: true })),
    );
    expect(most).toBeLessThanOrEqual(8);
  });

  test('that cannot be read are told all at once', async () => {
    const { url, requests } = await vault((path) =>
      path.includes('good') ? { status: 200, body: { value: 'x' } } : { status: 404 },
    );
    const read = await groupOn(url, ['good', 'bad', 'worse']);
    expect(await failureOf(read)).toMatch(
      /^the variable 'V_bad' of the variable group 'g' .*none of that name\n.*'V_worse'.*none of that name$/,
    );
    expect(requests.filter(({ path }) => path.endsWith('/token'))).toHaveLength(1);
  });

  test.each<[string, OutsideAnswer, string]>([
    ['a refusal', { status: 403, body: { error: token } }, 'needs the right to get secrets'],
    ['no sign-in', { status: 401 }, "principal of 'azure' needs the right"],
    [
      'a redirect',
      { status: 302, headers: { location: '/secrets/other' } },
      '302; is that the address of a key vault',
    ],
    ['too many questions', { status: 429 }, 'answers with 429'],
    ['a fault', { status: 503, body: token }, 'answers with 503'],
    ['no JSON', { status: 200, body: `<html>${token}` }, 'no value that is text'],
    ['another JSON', { status: 200, body: [token] }, 'no value that is text'],
    ['a value that is no text', { status: 200, body: { value: 7 } }, 'no value that is text'],
    ['half a character', { status: 200, body: '{"value":"\\ud800"}' }, 'no value that is text'],
    ['a zero', { status: 200, body: { value: `${token}\0` } }, 'no value that is text'],
    [
      'a huge answer',
      { status: 200, body: { value: 'x'.repeat(1_000_001) } },
      'more than 1000000 bytes',
    ],
  ])('%s is an error that says why, and not what came', async (_what, answer, words) => {
    const { url, requests } = await vault(() => answer);
    expect(await failureOf(await groupOn(url))).toContain(words);
    expect(requests).toHaveLength(2);
  });

  test.each<[string, OutsideAnswer, string]>([
    ['a refusal', { status: 401, body: key }, 'check its tenantid'],
    [
      'a redirect',
      { status: 307, headers: { location: '/' } },
      'is that the address of an authority',
    ],
    ['no token', { status: 200, body: { token } }, 'with 200 and no token'],
    ['a fault', { status: 500 }, 'answers with 500'],
    [
      'a token that is no header',
      { status: 200, body: { access_token: `${token}\nx` } },
      'ERR_INVALID_CHAR',
    ],
  ])('%s by the authority is told of every variable', async (_what, tokenAnswer, words) => {
    const { url } = await vault(() => ({ status: 200, body: { value: 'x' } }), tokenAnswer);
    const message = await failureOf(await groupOn(url, ['a', 'b']));
    expect(message.split('\n')).toEqual([
      expect.stringMatching(`'V_a'.*${words}`),
      expect.stringMatching(`'V_b'.*${words}`),
    ]);
  });

  test('a line that is cut is an error, and so is a vault that is not there', async () => {
    const server = createServer(({ url = '' }, response) => {
      if (url.endsWith('/token')) return json(response, { access_token: token });
      response.writeHead(200, { 'content-length': '1000' });
      response.write(`{"value":"${token}`, () => response.destroy());
    });
    const read = await groupOn(await listen(server));
    expect(await failureOf(read)).toContain('could not be reached');
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    expect(await failureOf(read)).toContain('ECONNREFUSED');
  });

  test('that never come are given up, also where the answer has begun', async () => {
    const connection = { id: '1', name: 'azure', type: 'azurerm', scheme: 'ServicePrincipal' };
    const server = createServer(({ url = '' }, response) => {
      if (url.endsWith('/token')) json(response, { access_token: token });
      else if (url.includes('begun')) response.write('{"value":');
    });
    const url = await listen(server);
    const data = { environmentAuthorityUrl: url, keyVaultUrl: url };
    const connections = {
      resolve: async () => ({ ...connection, parameters: {}, data }),
      problems: async () => [],
    };
    const asked = ['begun', 'silent'].map((secret) => ({
      ...{ connection: 'azure', vault: 'kv', secret },
      where: secret,
    }));
    const message = await failureOf(() => vaultReader(connections, 500)(asked, 'CI'));
    expect(message).toMatch(/^begun .*did not answer in time\nsilent .*did not answer in time$/);
  });

  test('whatever a vault answers, it is read or told without a word of it', async () => {
    let answer: OutsideAnswer = { status: 200 };
    const { url } = await vault(() => answer);
    const read = await groupOn(url);
    const status = fc.oneof(fc.constant(200), fc.integer({ min: 200, max: 599 }));
    const body = fc.oneof(
      fc.json().map((text) => `${text} ${token}`),
      fc.string({ unit: 'binary' }).map((text) => token + text),
      fc.string({ unit: 'binary' }).map((value) => ({ value })),
      fc.jsonValue().map((value) => ({ value, token })),
    );
    const property = fc.asyncProperty(status, body, async (code, text) => {
      answer = { status: code, body: text };
      const values = await read().catch((error: Error) => {
        expect(error).toMatchObject(unavailable);
        expect(error.message).not.toContain('hunter2');
      });
      const value = values?.get('g')?.get('V_key');
      if (values !== undefined)
        expect(value).toMatchObject({ value: expect.any(String), secret: true });
    });
    await fc.assert(property, { numRuns: 60 });
  });
});

function json(response: ServerResponse, body: object): void {
  response.end(JSON.stringify(body));
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}
