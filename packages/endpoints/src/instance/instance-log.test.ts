import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { InstanceLog, readLogTail } from './instance-log.ts';

let folder: string;
let path: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'instance-log-'));
  path = join(folder, 'deep', 'instance.log');
});
afterEach(() => rm(folder, { recursive: true }));

it('gives back what was written, and goes on after a reopening', async () => {
  for (const line of ['one\n', 'two\n']) {
    const log = new InstanceLog(path, 1000);
    log.write(line);
    await log.close();
  }
  expect(await readLogTail(path, 1000)).toBe('one\ntwo\n');
});

it('keeps two files of the set size at most, with the newest lines', async () => {
  const log = new InstanceLog(path, 100);
  for (let line = 0; line < 200; line += 1) log.write(`line ${line}\n`);
  await log.flush();
  expect((await stat(path)).size).toBeLessThanOrEqual(100);
  expect((await stat(`${path}.1`)).size).toBeLessThanOrEqual(100);
  expect(await readLogTail(path, 1000)).toMatch(
    /^line 18\d\n(line 19\d\n)*line 199\n$|line 199\n$/,
  );
  await log.close();
});

it('a tail begins with a whole line, also across the two files', async () => {
  const log = new InstanceLog(path, 20);
  for (const line of ['aaaaaaaaa\n', 'bbbbbbbbb\n', 'ccccccccc\n']) log.write(line);
  await log.close();
  expect(await readLogTail(path, 25)).toBe('bbbbbbbbb\nccccccccc\n');
  expect(await readLogTail(path, 12)).toBe('ccccccccc\n');
});

it('a tail never begins inside a character', async () => {
  const log = new InstanceLog(path, 1000);
  log.write('ä'.repeat(10));
  log.write('\nend\n');
  await log.close();
  expect(await readLogTail(path, 8)).toBe('end\n');
});

it('is empty when there is no file', async () => {
  expect(await readLogTail(path, 100)).toBe('');
});

it('drops what cannot be written, and what comes after the close', async () => {
  const log = new InstanceLog(folder, 100); // a folder, so it cannot be opened
  log.write('lost\n');
  await log.flush();
  await log.close();
  log.write('too late\n');
  await new Promise(setImmediate);
});
