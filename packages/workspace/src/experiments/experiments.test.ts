import { beforeEach, describe, expect, test } from 'vitest';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { Runs } from '../runs/runs.ts';
import { Experiments } from './experiments.ts';

const temporary = useTemporaryDatabase();
let now = 1_000;
let experiments: Experiments;

beforeEach(() => {
  now = 1_000;
  experiments = new Experiments({ database: temporary.database, clock: () => now });
});

async function names(search: Parameters<Experiments['search']>[0]): Promise<readonly string[]> {
  return (await experiments.search(search)).items.map((experiment) => experiment.name);
}

describe('creating', () => {
  test("gives an experiment in MLflow's shape", async () => {
    const created = await experiments.create({ name: 'diabetes', tags: { team: 'a', area: 'b' } });
    expect(created).toEqual({
      experiment_id: '1',
      name: 'diabetes',
      artifact_location: 'mlflow-artifacts:/1',
      lifecycle_stage: 'active',
      creation_time: 1_000,
      last_update_time: 1_000,
      tags: [
        { key: 'area', value: 'b' },
        { key: 'team', value: 'a' },
      ],
    });
    expect(await experiments.getById('1')).toEqual(created);
    expect(await experiments.getByName('diabetes')).toEqual(created);
  });

  test('is still there after a restart', async () => {
    await experiments.create({ name: 'kept' });
    experiments = new Experiments({ database: await temporary.reopen() });
    expect(await experiments.getByName('kept')).toMatchObject({ name: 'kept' });
  });

  test('the experiment Default is there from the start, as number 0', async () => {
    expect(await experiments.getById('0')).toMatchObject({
      name: 'Default',
      artifact_location: 'mlflow-artifacts:/0',
    });
  });

  test('an artifact location of the caller is kept', async () => {
    const created = await experiments.create({ name: 'far', artifactLocation: 's3://bucket/x' });
    expect(created.artifact_location).toBe('s3://bucket/x');
  });

  test.each(['日本語', 'a/b:c', "o'clock", 'Ω'.repeat(500), '🏔'])('%s is a name', async (name) => {
    await experiments.create({ name });
    expect(await experiments.getByName(name)).toMatchObject({ name });
  });

  test.each(['', '  ', 'x'.repeat(501), '\ud800', 'a\0'])('%j is no name', async (name) => {
    await expect(experiments.create({ name })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      status: 400,
    });
  });

  test('a name that is taken is RESOURCE_ALREADY_EXISTS', async () => {
    await experiments.create({ name: 'twice' });
    await expect(experiments.create({ name: 'twice' })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
      status: 400,
      message: expect.stringContaining('Experiment(name=twice) already exists'),
    });
  });

  test('a name taken by a deleted experiment says so', async () => {
    const { experiment_id } = await experiments.create({ name: 'gone' });
    await experiments.delete(experiment_id);
    await expect(experiments.create({ name: 'gone' })).rejects.toThrow('It is deleted: restore it');
  });

  test('a bad tag leaves no experiment behind', async () => {
    const creating = experiments.create({ name: 'half', tags: { 'bad\n': 'x' } });
    await expect(creating).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
    await expect(experiments.getByName('half')).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      status: 404,
    });
  });

  test('a runs:/ URI is no artifact location', async () => {
    const creating = experiments.create({ name: 'loop', artifactLocation: 'runs:/a/b' });
    await expect(creating).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('getOrCreate', () => {
  test('makes it once, whoever else asks at the same time', async () => {
    const asked = await Promise.all(
      Array.from({ length: 20 }, () => experiments.getOrCreate('shared')),
    );
    expect(new Set(asked.map((experiment) => experiment.experiment_id)).size).toBe(1);
  });

  test('refuses a deleted one', async () => {
    const { experiment_id } = await experiments.getOrCreate('gone');
    await experiments.delete(experiment_id);
    await expect(experiments.getOrCreate('gone')).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
  });
});

describe('what is not there', () => {
  test.each(['99', '-1', 'abc', '', '1.0', '1e3', '0x1', '9'.repeat(40), "1' or 1=1"])(
    'the id %j is RESOURCE_DOES_NOT_EXIST',
    async (id) => {
      await expect(experiments.getById(id)).rejects.toMatchObject({
        code: 'RESOURCE_DOES_NOT_EXIST',
        status: 404,
      });
    },
  );
});

describe('renaming', () => {
  test('changes the name and the time of the last update', async () => {
    const { experiment_id } = await experiments.create({ name: 'old' });
    now = 2_000;
    await experiments.update(experiment_id, { name: 'new' });
    expect(await experiments.getByName('new')).toMatchObject({
      experiment_id,
      creation_time: 1_000,
      last_update_time: 2_000,
    });
  });

  test('to a name that is taken is RESOURCE_ALREADY_EXISTS; to its own name is fine', async () => {
    const { experiment_id } = await experiments.create({ name: 'a' });
    await experiments.create({ name: 'b' });
    await expect(experiments.update(experiment_id, { name: 'b' })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
    });
    await experiments.update(experiment_id, { name: 'a' });
  });

  test('a deleted one is INVALID_STATE', async () => {
    const { experiment_id } = await experiments.create({ name: 'a' });
    await experiments.delete(experiment_id);
    await expect(experiments.update(experiment_id, { name: 'b' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      status: 400,
    });
  });
});

describe('deleting and restoring', () => {
  test('hides the experiment and its runs, and shows them again', async () => {
    const runs = new Runs({ database: temporary.database, clock: () => now });
    const { experiment_id: experimentId } = await experiments.create({ name: 'a' });
    const { info } = await runs.create({ experimentId });
    await experiments.delete(experimentId);
    expect((await experiments.getById(experimentId)).lifecycle_stage).toBe('deleted');
    expect((await runs.get(info.run_id)).info.lifecycle_stage).toBe('deleted');
    expect(await names({})).toEqual(['Default']);
    await expect(runs.create({ experimentId })).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
      message: expect.stringContaining("must be in the 'active' state"),
    });
    await experiments.restore(experimentId);
    expect((await runs.get(info.run_id)).info.lifecycle_stage).toBe('active');
    expect(await names({})).toContain('a');
  });

  test('twice is RESOURCE_DOES_NOT_EXIST', async () => {
    const { experiment_id } = await experiments.create({ name: 'a' });
    const restoring = experiments.restore(experiment_id);
    await expect(restoring).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await experiments.delete(experiment_id);
    const deleting = experiments.delete(experiment_id);
    await expect(deleting).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });
});

describe('tags', () => {
  test('the last value stays; deleting takes it away', async () => {
    await experiments.setTag('0', 'team', 'a');
    await experiments.setTag('0', 'team', 'b');
    expect((await experiments.getById('0')).tags).toEqual([{ key: 'team', value: 'b' }]);
    await experiments.deleteTag('0', 'team');
    expect((await experiments.getById('0')).tags).toEqual([]);
    await expect(experiments.deleteTag('0', 'team')).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
    });
  });

  test('a value has at most 5,000 characters', async () => {
    await experiments.setTag('0', 'long', 'x'.repeat(5_000));
    const setting = experiments.setTag('0', 'long', 'x'.repeat(5_001));
    await expect(setting).rejects.toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
  });
});

describe('searching', () => {
  beforeEach(async () => {
    for (const [name, team] of [
      ['apple', 'red'],
      ['banana', 'yellow'],
      ['Cherry', 'red'],
    ] as const) {
      now += 1_000;
      await experiments.create({ name, tags: { team } });
    }
  });

  test.each([
    ["tags.team = 'red'", ['Cherry', 'apple']],
    ["tags.team != 'red'", ['banana']],
    ["name LIKE '%e%'", ['Cherry', 'apple', 'Default']],
    ["name LIKE 'c%'", []],
    ["name ILIKE 'c%'", ['Cherry']],
    ["attribute.name = 'apple' and tags.team = 'red'", ['apple']],
    ['creation_time >= 4000 and creation_time < 1000000', ['Cherry']],
  ])('%s finds %j', async (filter, found) => {
    // Default was made by the migration, at the time of this machine: the newest of all.
    const order = filter.startsWith('name LIKE') ? ['name'] : undefined;
    const sorted = order === undefined ? found : [...found].sort();
    expect(await names({ filter, ...(order && { orderBy: order }) })).toEqual(sorted);
  });

  test('by default the newest comes first', async () => {
    expect(await names({})).toEqual(['Default', 'Cherry', 'banana', 'apple']);
  });

  test('pages follow each other', async () => {
    const first = await experiments.search({ maxResults: 2, orderBy: ['experiment_id ASC'] });
    expect(first.items.map((experiment) => experiment.name)).toEqual(['Default', 'apple']);
    const second = await experiments.search({
      maxResults: 2,
      orderBy: ['experiment_id ASC'],
      pageToken: first.nextPageToken ?? '',
    });
    expect(second.items.map((experiment) => experiment.name)).toEqual(['banana', 'Cherry']);
    expect(second.nextPageToken).toBeNull();
  });

  test('deleted ones are shown on request only', async () => {
    await experiments.delete('1');
    expect(await names({ viewType: 'DELETED_ONLY' })).toEqual(['apple']);
    expect(await names({ viewType: 'ALL' })).toHaveLength(4);
  });

  test.each([
    { filter: 'metrics.x = 1' },
    { orderBy: ['tags.team'] },
    { maxResults: 50_001 },
    { pageToken: 'x' },
  ])('%j is INVALID_PARAMETER_VALUE', async (search) => {
    await expect(experiments.search(search)).rejects.toMatchObject({
      code: 'INVALID_PARAMETER_VALUE',
    });
  });
});
