import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
let name: string;
let count = 0;

const address = '/api/v1/components';

beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());
beforeEach(() => {
  count += 1;
  name = `echo_${count}`;
});

const textOf = (command: string) => `type: command\nname: ${name}\ncommand: ${command}\n`;
const create = (part: object = {}) =>
  server.post(address, { name, text: textOf('echo'), fileName: 'echo.yml', ...part });

describe('a component', () => {
  test('is registered (201), and the same content is found (200)', async () => {
    const made = await create();
    expect(made).toMatchObject({
      status: 201,
      json: { name, version: '1', type: 'command', text: textOf('echo'), code: {} },
    });
    expect(await create()).toMatchObject({ status: 200, json: made.json });
    expect(await create({ text: textOf('ls'), version: '1' })).toMatchObject({
      status: 400,
      json: { error: { code: 'RESOURCE_ALREADY_EXISTS' } },
    });
    expect(await create({ text: textOf('ls') })).toMatchObject({
      status: 201,
      json: { version: '2' },
    });
  });

  test('is listed without its text, and read with it', async () => {
    await create();
    await create({ text: textOf('ls') });
    const versions = await server.get(`${address}/${name}`);
    expect(versions.json).toMatchObject({ value: [{ version: '2' }, { version: '1' }] });
    expect(versions.text).not.toContain('type: command');
    const latest = await server.get(`${address}/${name}/versions/latest`);
    expect(latest.json).toMatchObject({ version: '2', text: textOf('ls') });
    const list = (await server.get(address)).json as { value: { name: string; version: string }[] };
    expect(list.value.filter((component) => component.name === name)).toMatchObject([
      { version: '2' },
    ]);
  });

  test('gives its text for a reference', async () => {
    await create();
    const reference = encodeURIComponent(`azureml:${name}@latest`);
    expect((await server.get(`/api/v1/componentTexts?reference=${reference}`)).json).toEqual({
      text: textOf('echo'),
      fileName: `azureml:${name}:1`,
      codeBase: `azureml://components/${name}/versions/1`,
    });
    expect((await server.get('/api/v1/componentTexts')).status).toBe(400);
    expect((await server.get('/api/v1/componentTexts?reference=/etc/passwd')).status).toBe(404);
  });
});

describe('what cannot be registered', () => {
  test.each([
    ['no text', { text: undefined }, 400, "Missing value for required parameter 'text'"],
    ['an unknown property', { colour: 'red' }, 400, "'colour' is not known"],
    ['a text with a mistake', { text: 'type: command\n' }, 400, 'echo.yml:1:1: error KEY_MISSING'],
    ['code that is not here', { code: { './src': 'a'.repeat(64) } }, 404, 'CODE_NOT_FOUND'],
    ['code that is no id', { code: { './src': '../../etc' } }, 400, 'the id of uploaded code'],
    ['a name that is none', { name: '../x' }, 400, 'component name'],
  ])('%s is told so, and nothing is registered', async (_name, part, status, words) => {
    const answer = await create(part);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    expect((await server.get(`${address}/${name}`)).status).toBe(404);
  });

  test('more than a request may hold', async () => {
    const components = { './a.yml': { text: 'x'.repeat(1_100_000), fileName: 'a', codeBase: '.' } };
    expect((await create({ components })).status).toBe(400);
    expect((await create({ text: 'x'.repeat(17 * 1024 * 1024) })).status).toBe(413);
  });
});
