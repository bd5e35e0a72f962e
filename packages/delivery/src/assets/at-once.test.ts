// What happens to assets at the same time: two writers, a build that reads what is changed or deleted,
// and a system outside that takes its time to answer.
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openLab } from './assets.fixture.ts';
import { keyOf } from './check-words.ts';
import { outside } from './service-connections/outside.fixture.ts';

const names = Array.from({ length: 12 }, (_, index) => `n${index}`);

describe('two writers at once', () => {
  test('of one connection both stand, and no secret is left over', async () => {
    const lab = await openLab();
    const { connections } = lab.assets;
    await connections.create({ name: 'one', type: 'generic' });
    const changes = names.map((name) =>
      connections.update('one', { parameters: { [name]: name } }),
    );
    await Promise.all(changes);
    const whole = await connections.resolve('one', 'CI').catch(() => null);
    expect(whole).toBeNull();
    await connections.update('one', { allowAllPipelines: true });
    expect((await connections.resolve('one', 'CI'))?.parameters).toEqual(
      Object.fromEntries(names.map((name) => [name, name])),
    );
    expect(await lab.secretCount()).toBe(names.length);
  });

  test('that make or rename to one name: one of them does, the others are told', async () => {
    const lab = await openLab();
    const { groups, connections, environments } = lab.assets;
    const variables = { KEY: { value: 'secret', isSecret: true } };
    const spellings = ['Name', 'NAME', 'name'];
    const outcomes = await Promise.allSettled([
      ...spellings.map((name) => groups.create({ name, variables })),
      ...spellings.map((name) => environments.create({ name })),
      ...spellings.map((name) => connections.create({ name, type: 'generic' })),
    ]);
    const made = outcomes.filter(({ status }) => status === 'fulfilled');
    expect(made).toHaveLength(3);
    const codes = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason.code] : []));
    expect(codes.every((code) => /^[A-Z_]+_EXISTS$/.test(code))).toBe(true);
    expect(await lab.secretCount()).toBe(1);
  });

  test('one of whom deletes it: the other is told that there is none', async () => {
    const lab = await openLab();
    const { groups } = lab.assets;
    const variables = { KEY: { value: 'secret', isSecret: true } };
    await groups.create({ name: 'g', variables });
    const updates = names.map((value) =>
      groups.update('g', { variables: { KEY: { value } } }).catch((error) => error.code),
    );
    await groups.delete('g');
    const last = (await Promise.all(updates)).at(-1);
    expect(last).toBe('VARIABLE_GROUP_NOT_FOUND');
    expect(await lab.secretCount()).toBe(0);
  });
});

describe('a build that reads', () => {
  test('a secret while it changes gets the old or the new one, and never a refusal', async () => {
    const { groups, connections } = (await openLab()).assets;
    const secret = (value: string) => ({ variables: { KEY: { value, isSecret: true } } });
    await groups.create({ name: 'g', ...secret('n'), allowAllPipelines: true });
    const parameters = { apitoken: 'n' };
    const generic = { name: 'c', type: 'generic', scheme: 'Token' } as const;
    await connections.create({ ...generic, parameters, allowAllPipelines: true });
    const seen: (string | undefined)[] = [];
    let isOver = false;
    const reading = (async () => {
      while (!isOver) {
        seen.push((await groups.resolve(['g'], 'CI')).get('g')?.get('KEY')?.value);
        seen.push((await connections.resolve('c', 'CI'))?.parameters.apitoken);
        // As between two requests: reads of SQLite alone would leave the writes no turn.
        await setImmediate();
      }
    })();
    for (const value of names) {
      await groups.update('g', secret(value));
      await connections.update('c', { parameters: { apitoken: value } });
    }
    isOver = true;
    await reading;
    expect(seen.filter((value) => value === undefined || !/^n\d*$/.test(value))).toEqual([]);
  });

  test('what was deleted meanwhile is told that there is none', async () => {
    const { files, groups } = (await openLab()).assets;
    const content = (async function* () {
      yield Buffer.alloc(500_000, 'x');
    })();
    await files.create({ name: 'key', allowAllPipelines: true }, content);
    const reads = names.map(() =>
      files.read('key', 'CI').then(
        ({ length }) => length,
        ({ code }) => code,
      ),
    );
    await files.delete('key');
    const outcomes = await Promise.all(reads);
    for (const outcome of outcomes) expect([500_000, 'SECURE_FILE_NOT_FOUND']).toContain(outcome);
    await expect(groups.resolve(['key'], 'CI')).rejects.toMatchObject({
      code: 'VARIABLE_GROUP_NOT_FOUND',
    });
  });
});

test('a system outside that does not answer keeps nobody else from changing connections', async () => {
  const { connections } = (await openLab()).assets;
  const { promise: asked, resolve: told } = Promise.withResolvers<void>();
  const { url } = await outside(() => {
    told();
    return { status: 200 };
  });
  const spec = { type: 'ridgeline', url, parameters: { apitoken: 'x' } } as const;
  await connections.create({ name: 'slow', ...spec, skipCheck: true });
  const slow = connections.update('slow', { parameters: { apitoken: 'y' } });
  await connections.create({ name: 'quick', type: 'generic' });
  await connections.update('slow', { description: 'changed in between' });
  await asked;
  expect(await slow).toMatchObject({ check: { status: 'Passed' } });
  expect(await connections.get('slow')).toMatchObject({ description: 'changed in between' });
  await connections.delete('quick');
});

test('the key of a name is the same for every way to write it', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 });
  const property = fc.property(name, (text) => {
    const key = keyOf(text);
    expect(keyOf(text.normalize('NFD'))).toBe(key);
    expect(keyOf(text.toLowerCase())).toBe(key);
  });
  fc.assert(property);
  expect(keyOf('CLE\u0301')).toBe(keyOf('clé'));
});
