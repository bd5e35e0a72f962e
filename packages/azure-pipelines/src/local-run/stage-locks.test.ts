// Several runs at the locks of one folder. A dead process is a number that none has any more.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import type { LockAnswer } from '../check/gate-host.ts';
import type { LockBehavior } from '../pipeline/pipeline.ts';
import { StageLocks } from './stage-locks.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'stage-locks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let stores = 0;

/** The runs of a store of their own, by number. */
function newStore() {
  stores += 1;
  const place = mkdtempSync(path.join(folder, `${stores}-`));
  return (run: number) => new StageLocks(place, run);
}

interface Asked {
  readonly answer: Promise<LockAnswer>;
  /** The run that it waits for, once it does. */
  readonly waits: Promise<number>;
  readonly cancel: () => void;
}

function ask(locks: StageLocks, behavior: LockBehavior = 'runLatest', names = ['prod']): Asked {
  const { promise: waits, resolve } = Promise.withResolvers<number>();
  const over = new AbortController();
  const answer = locks.take({ names, stage: 'S', behavior }, over.signal, resolve);
  return { answer, waits, cancel: () => over.abort() };
}

describe('a lock', () => {
  test('is held by one run at a time; others hear whom they wait for', async () => {
    const run = newStore();
    const [first, second] = [run(1), run(2)];
    expect(await ask(first).answer).toBe('held');
    const later = ask(second, 'runLatest', ['PROD']);
    expect(await later.waits).toBe(1);
    first.release('S');
    expect(await later.answer).toBe('held');
  });

  test('row 14.28: runLatest sends those away that wait before the latest, and never the holder', async () => {
    const run = newStore();
    const holder = run(1);
    await ask(holder).answer;
    const old = ask(run(2));
    await old.waits;
    const latest = ask(run(3));
    expect(await old.answer).toBe('superseded');
    await latest.waits;
    holder.close();
    expect(await latest.answer).toBe('held');
  });

  test('row 14.28: sequential gives it to one after the other, in their order', async () => {
    const run = newStore();
    const [first, second] = [run(1), run(2)];
    await ask(first, 'sequential').answer;
    const third = ask(run(3), 'sequential');
    await third.waits;
    const next = ask(second, 'sequential');
    await next.waits;
    first.close();
    expect(await next.answer).toBe('held');
    expect(await third.waits).toBe(1);
    second.close();
    expect(await third.answer).toBe('held');
  });

  test('is free for whoever asks for another', async () => {
    const run = newStore();
    await ask(run(1)).answer;
    expect(await ask(run(2), 'runLatest', ['test']).answer).toBe('held');
  });

  test('that is not waited for any more keeps nobody behind', async () => {
    const run = newStore();
    const holder = run(1);
    await ask(holder, 'sequential').answer;
    const canceled = ask(run(2), 'sequential');
    await canceled.waits;
    canceled.cancel();
    expect(await canceled.answer).toBe('aborted');
    const other = ask(run(3), 'sequential');
    holder.close();
    expect(await other.answer).toBe('held');
  });

  test('of a killed process is free', async () => {
    const place = mkdtempSync(path.join(folder, 'killed-'));
    const module = path.join(import.meta.dirname, 'stage-locks.ts');
    const program = `const { StageLocks } = await import(${JSON.stringify(module)});
const claim = { names: ['prod'], stage: 'S', behavior: 'sequential' };
console.log(await new StageLocks(${JSON.stringify(place)}, 1).take(claim, new AbortController().signal, () => {}));
setInterval(() => {}, 1000);`;
    const words = ['--no-warnings', '--input-type=module', '-e', program];
    const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = await once(child.stdout, 'data');
    expect(String(said)).toBe('held\n');
    const next = ask(new StageLocks(place, 2), 'sequential');
    expect(await next.waits).toBe(1);
    child.kill('SIGKILL');
    expect(await next.answer).toBe('held');
  });

  test('several are taken together, so that no two runs wait for each other', async () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 });
    const property = fc.asyncProperty(
      fc.array(names, { minLength: 2, maxLength: 5 }),
      async (all) => {
        const run = newStore();
        const held = new Set<string>();
        const turn = async (wanted: readonly string[], index: number) => {
          const locks = run(index + 1);
          expect(await ask(locks, 'sequential', [...wanted]).answer).toBe('held');
          for (const name of wanted) expect(held.has(name)).toBe(false);
          for (const name of wanted) held.add(name);
          await new Promise(setImmediate);
          for (const name of wanted) held.delete(name);
          locks.close();
        };
        await Promise.all(all.map(turn));
      },
    );
    await fc.assert(property, { numRuns: 5 });
  });
});
