import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { RidgelineError } from '../errors.ts';
import { computeLimits } from './check-compute.ts';
import { Computes } from './computes.ts';

const opened = useTemporaryDatabase();
let computes: Computes;

beforeEach(() => {
  const clock = () => Date.UTC(2024, 0, 2);
  computes = new Computes({ database: opened.database, localSlots: 3, clock });
});

const databricks = {
  workspaceUrl: 'https://adb-1.2.azuredatabricks.net',
  clusterId: '0923-1',
  secretName: 'databricks-token',
};

describe("the compute 'local'", () => {
  test('is always there, with the slots of this machine', async () => {
    expect(await computes.list()).toEqual([await computes.get('local')]);
    expect(await computes.get('Local')).toMatchObject({
      name: 'local',
      kind: 'local',
      maxInstances: 3,
      state: 'Succeeded',
      createdAt: null,
    });
  });

  test('is found, and not made again, whatever is asked of it', async () => {
    const { compute, created } = await computes.getOrCreate({ name: 'LOCAL', maxInstances: 9 });
    expect(created).toBe(false);
    expect(compute).toEqual(await computes.get('local'));
  });

  test('cannot be changed or deleted', async () => {
    const refused = { code: 'COMPUTE_BUILT_IN', status: 409 };
    await expect(computes.update('local', { maxInstances: 1 })).rejects.toMatchObject(refused);
    await expect(computes.delete('LOCAL')).rejects.toMatchObject(refused);
  });
});

describe('a compute', () => {
  test('is made with the defaults of Azure ML', async () => {
    const { compute, created } = await computes.getOrCreate({ name: 'cpu-cluster' });
    expect(created).toBe(true);
    expect(compute).toEqual({
      name: 'cpu-cluster',
      kind: 'local',
      size: null,
      minInstances: 0,
      maxInstances: 4,
      idleSeconds: 120,
      tier: 'dedicated',
      properties: {},
      description: '',
      tags: {},
      state: 'Succeeded',
      createdAt: '2024-01-02T00:00:00.000Z',
    });
    expect(await computes.get('CPU-Cluster')).toEqual(compute);
    expect((await computes.list()).map(({ name }) => name)).toEqual(['local', 'cpu-cluster']);
  });

  test('that exists is given back as it is, whatever else is asked for', async () => {
    const first = await computes.getOrCreate({ name: 'cpu', maxInstances: 2, size: 'S' });
    const again = await computes.getOrCreate({ name: 'CPU', maxInstances: 9, size: 'L' });
    expect(again).toEqual({ compute: first.compute, created: false });
  });

  test('is made once, also where many ask at once', async () => {
    const asked = Array.from({ length: 8 }, (_, index) =>
      computes.getOrCreate({ name: 'cpu', maxInstances: index }),
    );
    const answers = await Promise.all(asked);
    expect(answers.filter(({ created }) => created)).toHaveLength(1);
    expect(new Set(answers.map(({ compute }) => compute.maxInstances)).size).toBe(1);
  });

  test('is changed by name, in what is said and in nothing else', async () => {
    await computes.getOrCreate({ name: 'cpu', size: 'STANDARD_D2', tags: { team: 'a' } });
    const changed = await computes.update('cpu', { maxInstances: 8, minInstances: 1 });
    expect(changed).toMatchObject({
      maxInstances: 8,
      minInstances: 1,
      size: 'STANDARD_D2',
      tags: { team: 'a' },
    });
    expect(await computes.get('cpu')).toEqual(changed);
    await expect(computes.update('cpu', { maxInstances: 0 })).rejects.toThrow(
      'min instances 1 are more than max instances 0',
    );
    expect(await computes.get('cpu')).toEqual(changed);
  });

  test('is there after a restart, and gone after its deletion', async () => {
    const { compute } = await computes.getOrCreate({ name: 'cpu' });
    computes = new Computes({ database: await opened.reopen() });
    expect(await computes.get('cpu')).toEqual(compute);
    await computes.delete('cpu');
    expect(await computes.list()).toHaveLength(1);
  });

  test('that does not exist is named, with those that do', async () => {
    await computes.getOrCreate({ name: 'cpu-cluster' });
    const missing = {
      code: 'COMPUTE_NOT_FOUND',
      status: 404,
      message: "compute 'gpu' does not exist; this workspace has 'local', 'cpu-cluster'",
    };
    await expect(computes.get('gpu')).rejects.toMatchObject(missing);
    await expect(computes.update('gpu', {})).rejects.toMatchObject(missing);
    await expect(computes.delete('gpu')).rejects.toMatchObject(missing);
  });

  test('of Databricks knows its cluster, and the name of its secret', async () => {
    const asked = { name: 'spark', kind: 'databricks', properties: databricks } as const;
    expect((await computes.getOrCreate(asked)).compute).toMatchObject(asked);
  });

  test('is one of at most 500', async () => {
    const { computes: most } = computeLimits;
    for (let index = 0; index < most; index += 1) {
      await computes.getOrCreate({ name: `c${index}` });
    }
    await expect(computes.getOrCreate({ name: 'one-more' })).rejects.toMatchObject({
      code: 'COMPUTE_LIMIT_REACHED',
      status: 409,
    });
    expect((await computes.getOrCreate({ name: 'c0' })).created).toBe(false);
  });
});

describe('what is refused', () => {
  test.each([
    '',
    'a',
    '1a',
    '-a',
    'a-',
    'a b',
    'a_b',
    'a/b',
    '../x',
    'ä1',
    'a'.repeat(33),
    7,
    null,
  ])('the name %j', async (name) => {
    await expect(computes.getOrCreate({ name: name as string })).rejects.toMatchObject({
      code: 'COMPUTE_NAME_INVALID',
      status: 400,
    });
  });

  test.each([
    ['more instances than 1,000', { maxInstances: 1_001 }, 'from 0 to 1000'],
    ['fewer than none', { maxInstances: -1 }, 'from 0 to 1000'],
    ['half an instance', { maxInstances: 1.5 }, 'a whole number'],
    ['more at least than at most', { minInstances: 5 }, 'more than max instances 4'],
    ['another tier', { tier: 'cheap' }, 'must be one of dedicated, low_priority'],
    ['another kind', { kind: 'mainframe' }, 'must be one of local, databricks'],
    ['an empty size', { size: ' ' }, 'size must not be empty'],
    ['an endless description', { description: 'x'.repeat(5_001) }, 'description'],
    ['101 tags', { tags: Object.fromEntries([...Array(101).keys()].map((k) => [k, ''])) }, '100'],
    ['a property of a local one', { properties: { url: 'x' } }, 'it has none'],
    ['Databricks without a cluster', { kind: 'databricks' }, "needs 'workspaceUrl'"],
    [
      'a Databricks address that anybody can listen to',
      { kind: 'databricks', properties: { ...databricks, workspaceUrl: 'http://adb.net' } },
      'no https address',
    ],
    [
      'a password in an address',
      { kind: 'databricks', properties: { ...databricks, workspaceUrl: 'https://a:b@adb.net' } },
      'cannot be used',
    ],
  ])('%s', async (_name, part, words) => {
    const asked = computes.getOrCreate({ name: 'cpu', ...(part as object) });
    await expect(asked).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE', status: 400 });
    await expect(computes.getOrCreate({ name: 'cpu', ...(part as object) })).rejects.toThrow(words);
    expect(await computes.list()).toHaveLength(1);
  });

  test('anything at all is taken or refused, and never breaks', async () => {
    const property = fc.asyncProperty(fc.string(), fc.anything(), async (name, value) => {
      const asked = { name, maxInstances: value, tags: value, size: value };
      const answer = await computes.getOrCreate(asked as { name: string }).catch((error) => error);
      if (answer instanceof Error) expect(answer).toBeInstanceOf(RidgelineError);
    });
    await fc.assert(property);
  });
});
