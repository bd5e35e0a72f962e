// The files that a person gives to a run, and the words on a command line.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readParameter } from './parameter-value.ts';
import { readServiceConnections } from './service-connections-file.ts';
import { readVariableGroup } from './variable-group-file.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
}

describe('a variable group', () => {
  test('is names with values, some of them secret', async () => {
    const group = await readVariableGroup(
      file('a.yml', 'plain: 1.10\nempty:\nsecret: { value: s, isSecret: true }\n'),
    );
    expect(Object.fromEntries(group)).toEqual({
      plain: { value: '1.10', secret: false },
      empty: { value: '', secret: false },
      secret: { value: 's', secret: true },
    });
  });

  test('can be what the command line of Azure DevOps prints', async () => {
    const text = JSON.stringify({
      id: 1,
      variables: { a: { value: 'x' }, b: { value: null, isSecret: true } },
    });
    const group = await readVariableGroup(file('a.json', text));
    expect(Object.fromEntries(group)).toEqual({
      a: { value: 'x', secret: false },
      b: { value: '', secret: true },
    });
  });

  test('of broken JSON is refused without its values', async () => {
    const broken = file('broken.json', '{"a": "x');
    await expect(readVariableGroup(broken)).rejects.toThrow(/broken\.json:1:\d+: is no JSON$/);
  });

  test('of a dotenv file is all secret', async () => {
    expect((await readVariableGroup(file('a.env', 'A=1'))).get('A')).toEqual({
      value: '1',
      secret: true,
    });
  });

  test.each([
    ['a: [1]', "'a' is a list"],
    ['a: { value: [1] }', "'a' has a value that is no text"],
    ['- a', 'expected names with values'],
    ['a: "', 'broken.yml:1:'],
  ])('of %j is refused', async (text, message) => {
    await expect(readVariableGroup(file('broken.yml', text))).rejects.toThrow(message);
  });
});

describe('service connections', () => {
  test('are found by name in any case, in the form of the REST API or a short one', async () => {
    const connections = await readServiceConnections(
      file(
        'connections.yml',
        `My-Azure:
  type: azurerm
  url: https://management.azure.com/
  authorization: { scheme: ServicePrincipal, parameters: { tenantid: t, serviceprincipalkey: k } }
  data: { subscriptionId: s }
short: { type: generic, scheme: Token, parameters: { apitoken: x } }
bare: {}
`,
      ),
    );
    expect(connections.get('my-azure')).toEqual({
      id: 'My-Azure',
      name: 'My-Azure',
      type: 'azurerm',
      url: 'https://management.azure.com/',
      scheme: 'ServicePrincipal',
      parameters: { tenantid: 't', serviceprincipalkey: 'k' },
      data: { subscriptionId: 's' },
    });
    expect(connections.get('short')).toMatchObject({
      scheme: 'Token',
      parameters: { apitoken: 'x' },
    });
    expect(connections.get('bare')).toMatchObject({ type: 'generic', scheme: 'None' });
  });

  test.each([
    ['a: x', 'expected its type'],
    ['a: { typ: azurerm }', "does not know 'typ'"],
    ['a: { type: [x] }', "'type' is no text"],
    ['a: { data: x }', "'data' has no names with values"],
    ['a: { parameters: { key: [secret] } }', "'key' is no text"],
  ])('of %j are refused', async (text, message) => {
    await expect(readServiceConnections(file('c.yml', text))).rejects.toThrow(message);
  });
});

describe('a parameter', () => {
  test.each<[string, unknown]>([
    ['true', 'true'],
    ['3', '3'],
    ['a, b', 'a, b'],
    ['key: value', 'key: value'],
    ['[a, 2]', ['a', '2']],
    ['{a: {b: c}}', { a: { b: 'c' } }],
    ['- a\n- b', ['a', 'b']],
    ['a: 1\nb: 2', { a: '1', b: '2' }],
    ['', ''],
  ])('%j is read as %j', (text, value) => {
    expect(readParameter('p', text)).toEqual(value);
  });

  test('that is broken YAML is refused', () => {
    expect(() => readParameter('p', '[a')).toThrow(/^--parameter p:/);
  });
});
