import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { RidgelineError } from '../errors.ts';
import { temporaryFolder } from '../files/temporary-folder.fixture.ts';
import { Environments } from './environments.ts';
import type { NewEnvironment } from './new-environment.ts';

const opened = useTemporaryDatabase();
let environments: Environments;
let folder: string;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'environments');
  const clock = () => Date.UTC(2024, 0, 2);
  environments = new Environments({ database: opened.database, folder, clock });
});

const condaFile = { dependencies: ['python=3.11', 'pip', 'numpy=2', { pip: ['six'] }] };

describe('creating', () => {
  test('keeps what an environment consists of', async () => {
    const made = await environments.create({
      name: 'training',
      description: 'for training',
      tags: { team: 'a' },
      condaFile,
    });
    expect(made).toEqual({
      name: 'training',
      version: '1',
      kind: 'python',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      python: '==3.11.*',
      requirements: ['numpy==2.*', 'six'],
      rPackages: null,
      image: null,
      notes: [],
      description: 'for training',
      tags: { team: 'a' },
      createdAt: '2024-01-02T00:00:00.000Z',
    });
    expect(await environments.get('training', '1')).toEqual(made);
    expect(await environments.get('training')).toEqual(made);
  });

  test('counts versions up, and gives the equal latest one back', async () => {
    const first = await environments.create({ name: 'e', condaFile });
    expect(await environments.create({ name: 'e', condaFile })).toEqual(first);
    const second = await environments.create({ name: 'e', requirements: ['six'] });
    expect(second.version).toBe('2');
    expect((await environments.create({ name: 'e', condaFile })).version).toBe('3');
    expect((await environments.versions('e')).map(({ version }) => version)).toEqual([
      '3',
      '2',
      '1',
    ]);
  });

  test('a version that is named is made once, and never changes', async () => {
    const made = await environments.create({ name: 'e', version: 'v1', condaFile });
    expect(await environments.create({ name: 'e', version: 'v1', condaFile })).toEqual(made);
    await expect(
      environments.create({ name: 'e', version: 'v1', requirements: [] }),
    ).rejects.toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS' });
  });

  test('many who make the same at once get the same', async () => {
    const made = await Promise.all(
      Array.from({ length: 8 }, () => environments.create({ name: 'e', condaFile })),
    );
    expect(new Set(made.map(({ version }) => version))).toEqual(new Set(['1']));
  });

  test.each([
    ['node', null],
    ['python', { requirements: [] }],
    ['python', { condaFile, image: 'x' }],
    ['r', { condaFile: { dependencies: ['r-base', 'numpy'] } }],
    ['image', { image: 'ubuntu' }],
  ])('the kind %s comes of %j', async (kind, definition) => {
    const made =
      definition === null
        ? await environments.get('ridgeline-node')
        : await environments.create({ name: 'e', ...definition });
    expect(made.kind).toBe(kind);
  });

  test('one that stands within a job is named by its content, and not listed', async () => {
    const reference = await environments.createAnonymous({ condaFile, image: 'base' });
    expect(await environments.createAnonymous({ condaFile })).toBe(reference);
    expect((await environments.resolve(reference)).reference).toBe(reference);
    expect((await environments.list()).map(({ name }) => name)).toEqual(['ridgeline-node']);
  });
});

describe('what is refused', () => {
  test.each([
    [{ name: '../x', condaFile }, 'INVALID_PARAMETER_VALUE', 'environment name'],
    [{ name: 'e', version: 'latest', condaFile }, 'INVALID_PARAMETER_VALUE', 'the newest one'],
    [{ name: 'AzureML-sklearn', condaFile }, 'ENVIRONMENT_INVALID', "start with 'AzureML-'"],
    [{ name: 'ridgeline-node', condaFile }, 'ENVIRONMENT_INVALID', 'is built in'],
    [{ name: 'e' }, 'ENVIRONMENT_INVALID', 'says nothing of what it consists of'],
    [{ name: 'e', condaFile, requirements: [] }, 'ENVIRONMENT_INVALID', 'one of the two'],
    [{ name: 'e', condaFile: { dependencies: [] } }, 'ENVIRONMENT_INVALID', 'no dependencies'],
    [{ name: 'e', condaFile: [] }, 'ENVIRONMENT_INVALID', "a list of 'dependencies'"],
    [{ name: 'e', condaFile: { dependencies: [7] } }, 'ENVIRONMENT_INVALID', "dependency '7'"],
    [{ name: 'e', requirements: ['-e .'] }, 'ENVIRONMENT_INVALID', "requirement '-e .'"],
    [
      { name: 'e', requirements: Array(1_001).fill('six') },
      'ENVIRONMENT_INVALID',
      'must be a text such as',
    ],
  ])('%j', async (asked, code, words) => {
    const error = await environments.create(asked as unknown as NewEnvironment).catch((e) => e);
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
    expect(await environments.list()).toHaveLength(1);
  });

  test('anything at all is taken or refused, and never breaks', async () => {
    const value = fc.anything();
    const property = fc.asyncProperty(fc.string(), value, value, async (name, first, second) => {
      const asked = { name, condaFile: first, requirements: second, image: second, tags: first };
      const answer = await environments.create(asked as NewEnvironment).catch((e) => e);
      if (answer instanceof Error) expect(answer).toBeInstanceOf(RidgelineError);
    });
    await fc.assert(property);
  });
});

describe('a reference', () => {
  test('is resolved to a version, and an identity of the content alone', async () => {
    await environments.create({ name: 'a', condaFile });
    await environments.create({ name: 'b', version: 'x', condaFile });
    const a = await environments.resolve('azureml:a@latest');
    const b = await environments.resolve('azureml:b:x');
    expect([a.reference, b.reference]).toEqual(['azureml:a:1', 'azureml:b:x']);
    expect(a.identity).toBe(b.identity);
    expect(a.identity).not.toBe((await environments.resolve(null)).identity);
  });

  test.each([
    ['azureml:trainin@latest', "did you mean 'training'?"],
    ['azureml:training:7', "has no version '7'; it has '1'"],
    ['training', 'does not exist'],
    ['azureml:training', 'does not exist'],
    ['azureml:AzureML-sklearn-1.5-ubuntu20@latest', '{pip: [scikit-learn, mlflow-skinny]}'],
    ['azureml://registries/azureml/environments/lightgbm-3.3/labels/latest', '{pip: [lightgbm, '],
    ['azureml:../../x:1', 'does not exist'],
  ])('%s leads nowhere, and the message helps', async (reference, words) => {
    await environments.create({ name: 'training', condaFile });
    await expect(environments.resolve(reference)).rejects.toMatchObject({
      code: 'ENVIRONMENT_NOT_FOUND',
      status: 404,
      message: expect.stringContaining(words),
    });
  });
});

test('environments are there after a restart', async () => {
  const made = await environments.create({ name: 'e', condaFile });
  environments = new Environments({ database: await opened.reopen(), folder });
  expect(await environments.get('e', 'latest')).toEqual(made);
});

test('an image is refused when a step is to run in it, with what to do', async () => {
  await environments.create({ name: 'e', image: 'mcr.microsoft.com/azureml/base' });
  await expect(environments.prepare('azureml:e:1', folder)).rejects.toMatchObject({
    code: 'ENVIRONMENT_NOT_RUNNABLE',
    message: expect.stringMatching(/mcr\.microsoft\.com\/azureml\/base.*conda_file/),
  });
});
