import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { CodeStore } from '../code/code-store.ts';
import { tarOf } from '../code/tar-bytes.fixture.ts';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { RidgelineError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Components } from './components.ts';
import type { NewComponent } from './new-component.ts';

const opened = useTemporaryDatabase();
let code: CodeStore;
let components: Components;
let codeId: string;
let now: number;

const text = `name: train
display_name: Train a model
description: fits a ridge
type: command
tags: {team: a}
command: node train.ts --alpha \${{inputs.alpha}}
code: ./src
inputs:
  alpha: {type: number, default: 0.5}
`;

beforeEach(async () => {
  now = Date.UTC(2024, 0, 2);
  code = await CodeStore.open(join(await temporaryFolder(), 'code'));
  codeId = (await code.store(tarOf({ path: 'train.ts', content: '1' }))).id;
  components = new Components({ database: opened.database, code, clock: () => now });
});

const train = (part: Partial<NewComponent> = {}): NewComponent => ({
  name: 'train',
  text,
  fileName: 'train.yml',
  code: { './src': codeId },
  ...part,
});
const versionOf = async (part?: Partial<NewComponent>) =>
  (await components.create(train(part))).component.version;
const otherText = text.replace('0.5', '0.7');

describe('a component', () => {
  test('is kept with its text, its code, and what its text says of it', async () => {
    const { component, created } = await components.create(train());
    expect(created).toBe(true);
    expect(component).toEqual({
      name: 'train',
      version: '1',
      type: 'command',
      displayName: 'Train a model',
      description: 'fits a ridge',
      tags: { team: 'a' },
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      text,
      fileName: 'train.yml',
      code: { './src': codeId },
      components: {},
      createdAt: '2024-01-02T00:00:00.000Z',
    });
    expect(await components.get('train', '1')).toEqual(component);
  });

  test('of the same content is the same version, whatever its file is called', async () => {
    const first = await components.create(train());
    now += 1_000;
    const again = await components.create(train({ fileName: 'other.yml' }));
    expect(again).toEqual({ component: first.component, created: false });
    expect(await components.create(train({ version: '1' }))).toEqual(again);
  });

  test('of another content is the next version; that of a taken version is refused', async () => {
    await versionOf();
    expect(await versionOf({ text: otherText })).toBe('2');
    await expect(versionOf({ text: otherText, version: '1' })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
      message: expect.stringContaining("already has a version '1'"),
    });
    expect(await versionOf({ version: '2024-05' })).toBe('2024-05');
    expect((await components.versions('train')).map(({ version }) => version)).toEqual([
      '2024-05',
      '2',
      '1',
    ]);
    expect((await components.get('train', 'latest')).version).toBe('2024-05');
  });

  test('with other code is another content', async () => {
    await versionOf();
    const { id } = await code.store(tarOf({ path: 'train.ts', content: '2' }));
    expect(await versionOf({ code: { './src': id } })).toBe('2');
  });

  test('is made once, also where many register it at once', async () => {
    const made = await Promise.all(Array.from({ length: 5 }, () => components.create(train())));
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    expect(await components.versions('train')).toHaveLength(1);
  });

  test('is in the list by its latest version, without its text', async () => {
    await versionOf();
    await versionOf({ text: otherText });
    await versionOf({ name: 'again', text: text.replace('name: train', 'name: again') });
    const list = await components.list();
    expect(list.map(({ name, version }) => `${name}:${version}`)).toEqual(['again:1', 'train:2']);
    expect(JSON.stringify(list)).not.toContain('node train.ts');
  });

  test('that does not exist is named, with those that do', async () => {
    await versionOf();
    await expect(components.get('trian', '1')).rejects.toMatchObject({
      code: 'COMPONENT_NOT_FOUND',
      status: 404,
      message: "component 'trian' does not exist; this workspace has 'train'",
    });
    await expect(components.get('train', '7')).rejects.toThrow("no version '7'; it has '1'");
    await expect(components.versions('none')).rejects.toMatchObject({
      code: 'COMPONENT_NOT_FOUND',
    });
  });
});

describe('the text behind a reference', () => {
  const prep = 'type: command\nname: prep\nversion: 1\ncommand: echo\ncode: ./code\n';
  const pipeline = 'type: pipeline\nname: both\njobs:\n  a:\n    component: ./steps/prep.yml\n';
  const both: NewComponent = {
    name: 'both',
    text: pipeline,
    fileName: 'both.yml',
    components: {
      './steps/prep.yml': { text: prep, fileName: 'steps/prep.yml', codeBase: './steps' },
    },
  };

  test('is that of the component, with the version that it has at that time', async () => {
    await versionOf();
    const base = 'azureml://components/train/versions/1';
    const found = { text, fileName: 'azureml:train:1', codeBase: base };
    for (const reference of ['azureml:train:1', 'azureml:train@latest', base]) {
      expect(await components.textOf(reference), reference).toEqual(found);
    }
    expect(await components.codeOf(`${base}/src`)).toBe(codeId);
    expect(await components.codeOf(`${base}/./src/`)).toBe(codeId);
  });

  test('is that of a file that it names, with its own code', async () => {
    await components.create({ ...both, code: { './steps/code': codeId } });
    const base = 'azureml://components/both/versions/1';
    expect(await components.textOf(`${base}/steps/prep.yml`)).toEqual({
      text: prep,
      fileName: `${base}/steps/prep.yml`,
      codeBase: `${base}/steps`,
    });
    expect(await components.codeOf(`${base}/steps/code`)).toBe(codeId);
  });

  test.each([
    ['', 'COMPONENT_NOT_FOUND'],
    ['train', 'COMPONENT_NOT_FOUND'],
    ['./train.yml', 'COMPONENT_NOT_FOUND'],
    ['azureml:', 'COMPONENT_NOT_FOUND'],
    ['azureml:none:1', 'COMPONENT_NOT_FOUND'],
    ['azureml:train:2', 'COMPONENT_NOT_FOUND'],
    ['azureml://components/train', 'COMPONENT_NOT_FOUND'],
    ['azureml://components/train/versions/1/other.yml', 'COMPONENT_NOT_FOUND'],
    ['azureml://components/train/versions/1/../../x', 'COMPONENT_NOT_FOUND'],
    ['azureml://components/%zz/versions/1', 'COMPONENT_NOT_FOUND'],
    ['azureml://components/train/versions/1/__proto__', 'COMPONENT_NOT_FOUND'],
  ])('%j is none', async (reference, expected) => {
    await versionOf();
    await expect(components.textOf(reference)).rejects.toMatchObject({ code: expected });
  });

  test('code that a component has not is not found', async () => {
    await versionOf();
    for (const path of ['', '/..', '/../src', '/other', '//etc', '/constructor']) {
      const address = `azureml://components/train/versions/1${path}`;
      await expect(components.codeOf(address), path).rejects.toMatchObject({
        code: 'CODE_NOT_FOUND',
      });
    }
  });
});

describe('what is refused, and registers nothing', () => {
  test.each([
    ['an empty name', { name: '' }, 'INVALID_PARAMETER_VALUE'],
    ['a name with a slash', { name: '../x' }, 'INVALID_PARAMETER_VALUE'],
    ['the version latest', { version: 'latest' }, 'INVALID_PARAMETER_VALUE'],
    ['no text', { text: ' ' }, 'INVALID_PARAMETER_VALUE'],
    ['an endless text', { text: 'x'.repeat(1_048_577) }, 'INVALID_PARAMETER_VALUE'],
    ['code that is no id', { code: { './src': '../../etc' } }, 'INVALID_PARAMETER_VALUE'],
    ['code that is not there', { code: { './src': 'a'.repeat(64) } }, 'CODE_NOT_FOUND'],
    [
      'a component without its text',
      { components: { './a.yml': {} as never } },
      'INVALID_PARAMETER_VALUE',
    ],
    [
      'too many components',
      {
        components: Object.fromEntries(
          [...Array(201).keys()].map((index) => [
            `./${index}.yml`,
            { text: 'x', fileName: 'x', codeBase: '.' },
          ]),
        ),
      },
      'INVALID_PARAMETER_VALUE',
    ],
    ['a text that is no component', { text: 'type: command\n' }, 'COMPONENT_INVALID'],
    ['a text of another name', { name: 'other' }, 'COMPONENT_INVALID'],
    ['code that was not uploaded', { code: {} }, 'COMPONENT_INVALID'],
    [
      'a component that is not there',
      { name: 'both', text: 'type: pipeline\nname: both\njobs: {a: {component: ./a.yml}}\n' },
      'COMPONENT_INVALID',
    ],
  ])('%s', async (_name, part, expected) => {
    await expect(components.create(train(part))).rejects.toMatchObject({ code: expected });
    expect(await components.list()).toEqual([]);
  });

  test('every mistake of a text, with its place', async () => {
    const wrong = text.replace('display_name', 'displayname').replace('number', 'numbre');
    await expect(components.create(train({ text: wrong }))).rejects.toThrow(
      /train\.yml:2:1: error KEY_UNKNOWN(.|\n)*train\.yml:9:17: error/,
    );
  });

  test('anything at all is taken or refused, and never breaks', async () => {
    const property = fc.asyncProperty(fc.string(), fc.anything(), async (name, value) => {
      const asked = { name, text: value, fileName: 'a.yml', code: value, components: value };
      const answer = await components.create(asked as NewComponent).catch((error) => error);
      if (answer instanceof Error) expect(answer).toBeInstanceOf(RidgelineError);
    });
    await fc.assert(property);
  });
});
