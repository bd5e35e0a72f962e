import { access, mkdir, readdir, readFile, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { nullIfMissing } from '../../files/fs-errors.ts';
import { temporaryFolder } from '../../files/temporary-folder.fixture.ts';
import { type Build, type BuildPlan, BuiltFolders } from './built-folders.ts';

let root: string;
let folders: BuiltFolders;
let made: number;

beforeEach(async () => {
  root = join(await temporaryFolder(), 'environments');
  folders = new BuiltFolders(root);
  made = 0;
});

function plan(changes: Partial<BuildPlan> = {}): BuildPlan {
  return {
    key: 'a-key',
    title: 'the thing',
    make: makeThing,
    isUsable: async (folder) =>
      (await nullIfMissing(access(join(folder, 'thing')).then(() => true))) ?? false,
    failure: (error, { tail, file }) => new Error(`${(error as Error).message}|${tail}|${file}`),
    ...changes,
  };
}

async function makeThing({ folder, log }: Build): Promise<void> {
  made += 1;
  log.add('working');
  await writeFile(join(folder, 'thing'), String(made));
}

describe('what is made', () => {
  test('is made once, and found again by the next server', async () => {
    const first = await folders.get(plan(), {});
    const said: string[] = [];
    const again = await new BuiltFolders(root).get(plan(), { onProgress: (t) => said.push(t) });
    expect(again).toBe(first);
    expect(made).toBe(1);
    expect(said).toEqual(['Reusing the thing']);
    expect(await readFile(join(first, 'build.log'), 'utf8')).toBe('Making the thing\nworking\n');
  });

  test('is made once for many who ask at the same time, and all hear of it', async () => {
    const said = Array.from({ length: 8 }, (): string[] => []);
    const asked = said.map((lines) => folders.get(plan(), { onProgress: (t) => lines.push(t) }));
    expect(new Set(await Promise.all(asked)).size).toBe(1);
    expect(made).toBe(1);
    for (const lines of said) expect(lines).toContain('working');
  });

  test('is another thing under another key', async () => {
    const [one, other] = await Promise.all([
      folders.get(plan(), {}),
      folders.get(plan({ key: 'another' }), {}),
    ]);
    expect(one).not.toBe(other);
    expect(made).toBe(2);
  });

  test('is made anew where it cannot be used any more, or where the workspace was moved', async () => {
    const first = await folders.get(plan(), {});
    await rename(join(first, 'thing'), join(first, 'gone'));
    const second = await folders.get(plan(), {});
    expect(second).not.toBe(first);
    const moved = `${root}-moved`;
    await rename(root, moved);
    expect(await new BuiltFolders(moved).get(plan(), {})).toMatch(moved);
    expect(made).toBe(3);
  });
});

describe('what was not used for long', () => {
  const ago = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);

  test('goes when something else is made, and what was used stays', async () => {
    const keys = ['old', 'used', 'young'];
    for (const key of keys) await folders.get(plan({ key }), {});
    await mkdir(join(root, 'left-behind'));
    for (const key of ['old', 'used']) await utimes(join(root, key, 'complete'), ago(31), ago(31));
    await utimes(join(root, 'young', 'complete'), ago(29), ago(29));
    await utimes(join(root, 'left-behind'), ago(31), ago(31));
    await folders.get(plan({ key: 'used' }), {});
    await folders.get(plan({ key: 'new' }), {});
    expect((await readdir(root)).toSorted()).toEqual(['new', 'used', 'young']);
  });
});

describe('what a killed maker has left', () => {
  test('is not taken for complete, and goes', async () => {
    await mkdir(join(root, 'a-key', 'half'), { recursive: true });
    await writeFile(join(root, 'a-key', 'half', 'thing'), 'half');
    const folder = await folders.get(plan(), {});
    expect(made).toBe(1);
    expect((await readdir(join(root, 'a-key'))).toSorted()).toEqual(
      ['complete', folder.split('/').at(-1)].toSorted(),
    );
  });

  test.each(['', '/etc', 'a-key', '../a-key'])('a marker that says %j is none', async (marker) => {
    await mkdir(join(root, 'a-key'), { recursive: true });
    await writeFile(join(root, 'a-key', 'complete'), marker);
    await folders.get(plan(), {});
    expect(made).toBe(1);
  });
});

describe('a failure', () => {
  const failing = () =>
    plan({
      make: async ({ log }) => {
        log.add('from https://me:hunter2@example.org/simple');
        log.add('it went wrong');
        throw new Error('exit code 1');
      },
    });

  test('quotes the end of the log, which is kept, and leaves nothing else', async () => {
    const error = await folders.get(failing(), {}).catch((e: Error) => e);
    const [reason, tail = '', file = ''] = (error as Error).message.split('|');
    expect(reason).toBe('exit code 1');
    expect(tail).toMatch(/it went wrong$/);
    expect(tail).not.toContain('hunter2');
    expect(await readFile(file, 'utf8')).toContain('it went wrong');
    expect(await readFile(file, 'utf8')).not.toContain('hunter2');
    expect(await readdir(join(root, 'a-key'))).toEqual(['failed-build.log']);
  });

  test('is not for ever', async () => {
    await expect(folders.get(failing(), {})).rejects.toThrow('exit code 1');
    await folders.get(plan(), {});
    expect(made).toBe(1);
  });
});

describe('a cancel', () => {
  function untilAborted() {
    const started = Promise.withResolvers<void>();
    const make = ({ signal }: Build) => {
      made += 1;
      started.resolve();
      return new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
        finish = resolve;
      });
    };
    let finish: () => void = () => {};
    return {
      plan: plan({ make, isUsable: async () => true }),
      started: started.promise,
      end: () => finish(),
    };
  }

  test('of the only one who waits breaks the making off', async () => {
    const slow = untilAborted();
    const controller = new AbortController();
    const asked = folders.get(slow.plan, { signal: controller.signal });
    await slow.started;
    controller.abort(new Error('cancelled'));
    await expect(asked).rejects.toThrow('cancelled');
    await folders.get(plan(), {});
    expect(made).toBe(2);
  });

  test('of one of two lets the other have it', async () => {
    const slow = untilAborted();
    const controller = new AbortController();
    const first = folders.get(slow.plan, { signal: controller.signal });
    await slow.started;
    const second = folders.get(slow.plan, {});
    controller.abort(new Error('cancelled'));
    await expect(first).rejects.toThrow('cancelled');
    slow.end();
    expect(await second).toMatch(root);
    expect(made).toBe(1);
  });

  test('that came before anything began makes nothing', async () => {
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(folders.get(plan(), { signal })).rejects.toThrow('cancelled');
    expect(made).toBe(0);
  });
});
