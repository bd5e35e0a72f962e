// Artifacts, the cache and logs of a local run, on real folders.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { LogLine } from '../execute/log-line.ts';
import { JobSlots } from './job-slots.ts';
import { LocalArtifacts } from './local-artifacts.ts';
import { LocalCache } from './local-cache.ts';
import { StepLogs } from './step-logs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'local-stores-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function filesIn(name: string, files: Readonly<Record<string, string>>): string {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name, file)), { recursive: true });
    writeFileSync(path.join(folder, name, file), text);
  }
  return path.join(folder, name);
}

const list = (name: string) =>
  readdirSync(path.join(folder, name), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(path.join(folder, name), path.join(entry.parentPath, entry.name)))
    .sort();

describe('artifacts', () => {
  const artifacts = new LocalArtifacts(path.join(folder, 'artifacts'), async () =>
    path.join(folder, 'others'),
  );
  const source = filesIn('source', { 'a.txt': 'a', 'in/b.txt': 'b', 'in/c.log': 'c' });

  test('are folders or single files, once each, and can be taken apart again', async () => {
    await artifacts.publish('drop', source);
    await artifacts.publish('one', path.join(source, 'a.txt'));
    expect(await artifacts.list()).toEqual(['drop', 'one']);
    expect(await artifacts.download('drop', path.join(folder, 'all'), [])).toEqual({ files: 3 });
    expect(list('all')).toEqual(['a.txt', 'in/b.txt', 'in/c.log']);
    await artifacts.download('drop', path.join(folder, 'some'), ['**', '!**/*.log']);
    expect(list('some')).toEqual(['a.txt', 'in/b.txt']);
  });

  test('of a name that is taken are refused, or merged', async () => {
    await expect(artifacts.publish('drop', source)).rejects.toThrow('published already');
    await artifacts.publish('drop', filesIn('more', { 'd.txt': 'd' }), { merge: true });
    expect(list('artifacts/drop')).toContain('d.txt');
  });

  test('leave out what is excluded', async () => {
    await artifacts.publish('without', source, { excludes: (file) => file.startsWith('in') });
    expect(list('artifacts/without')).toEqual(['a.txt']);
  });

  test.each(['', '..', '.hidden', 'a/b', 'a\\b', 'a:b', 'a*'])(
    'cannot be called %j',
    async (name) => {
      await expect(artifacts.publish(name, source)).rejects.toThrow('is no name of an artifact');
    },
  );

  test('that are not there are told with those that are', async () => {
    await expect(artifacts.download('drp', folder, [])).rejects.toThrow(
      /There is no artifact 'drp' \(there is: drop, one, without\)\. Did you mean "drop"\?/,
    );
  });

  test('of another run come from that run', async () => {
    filesIn('others', { 'theirs/x.txt': 'x' });
    const run = { kind: 'resource', alias: 'built' } as const;
    expect(await artifacts.list(run)).toEqual(['theirs']);
    await artifacts.download('theirs', path.join(folder, 'taken'), [], run);
    expect(list('taken')).toEqual(['x.txt']);
  });
});

describe('the cache', () => {
  const cache = new LocalCache(path.join(folder, 'cache'));

  test('gives the entry of the key, else the newest with one of the beginnings, in their order', async () => {
    for (const key of ['npm|linux|1', 'npm|linux|2', 'pip|1'])
      await cache.save(key, filesIn(`of ${key.replaceAll('|', '-')}`, { 'key.txt': key }));
    const restore = (key: string, ...restorePrefixes: string[]) =>
      cache.restore({ key, restorePrefixes }, path.join(folder, 'restored'));
    expect(await restore('npm|linux|1', 'npm')).toBe('npm|linux|1');
    expect(readFileSync(path.join(folder, 'restored/key.txt'), 'utf8')).toBe('npm|linux|1');
    expect(await restore('npm|linux|3', 'yarn', 'npm|linux|')).toBe('npm|linux|2');
    expect(await restore('npm|linux|3')).toBeUndefined();
  });

  test('never changes an entry', async () => {
    await cache.save('pip|1', filesIn('changed', { 'key.txt': 'other' }));
    await cache.restore({ key: 'pip|1', restorePrefixes: [] }, path.join(folder, 'pip'));
    expect(readFileSync(path.join(folder, 'pip/key.txt'), 'utf8')).toBe('pip|1');
  });
});

describe('logs of steps', () => {
  const line = (step: string, text: string): LogLine => ({ step, kind: 'text', text, time: 0 });

  test('are one file a step, with the time before each line and none lost', async () => {
    const logs = new StepLogs(path.join(folder, 'logs'));
    logs.name('main.1', 2, 'Run: all tests');
    for (let number = 0; number < 100_000; number += 1) {
      logs.write(line('main.1', `line ${number}`));
      if (number % 10_000 === 0) await logs.drained();
    }
    logs.write({ ...line('main.2', 'ends'), kind: 'section' });
    await logs.close();
    const text = readFileSync(path.join(folder, 'logs', '02-Run-all-tests.log'), 'utf8');
    expect(text.split('\n')).toHaveLength(100_001);
    expect(text).toContain('1970-01-01T00:00:00.000Z line 99999\n');
    expect(readFileSync(logs.fileOf('main.2') ?? '', 'utf8')).toMatch(/Z ##\[section\]ends\n$/);
    expect(logs.fileOf('main.3')).toBeNull();
  });

  test('that cannot be written are told when they close', async () => {
    const logs = new StepLogs(path.join(folder, 'full'));
    mkdirSync(path.join(folder, 'full', 'main.1.log'));
    logs.write(line('main.1', 'lost'));
    await expect(logs.close()).rejects.toThrow('EISDIR');
  });
});

describe('slots of jobs', () => {
  test('are as many as there are, in the order of asking; who holds none waits for none', async () => {
    const slots = new JobSlots(2);
    const order: string[] = [];
    const gates = ['a', 'b', 'c', 'server'].map((name) => ({
      name,
      ...Promise.withResolvers<void>(),
    }));
    const all = gates.map(({ name, promise }) =>
      slots.use(name !== 'server', () => {
        order.push(name);
        return promise;
      }),
    );
    await Promise.resolve();
    expect(order).toEqual(['a', 'server', 'b'].sort((x, y) => order.indexOf(x) - order.indexOf(y)));
    expect(order).not.toContain('c');
    for (const { resolve } of gates) resolve();
    await Promise.all(all);
    expect(order).toContain('c');
  });
});
