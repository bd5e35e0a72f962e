import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkOutputs, writeJsonOutput } from './outputs.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'outputs-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('an output that is none is told with what was meant', () => {
  const all = ['best_model', 'metrics_data', 'leaderboard', 'report'];
  expect(() => checkOutputs(new Map(all.map((name) => [name, '/x'])))).not.toThrow();
  expect(() => checkOutputs(new Map([['bestmodel', '/x']]))).toThrow("did you mean 'best_model'");
  expect(() => checkOutputs(new Map([['zzzzzzzz', '/x']]))).toThrow('there are best_model');
});

test('a JSON output is a file, or a file in the folder that is there; none is written unasked', async () => {
  const file = path.join(folder, 'new', 'metrics');
  await writeJsonOutput(new Map([['metrics_data', file]]), 'metrics_data', { a: 1 });
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ a: 1 });
  const inside = path.join(folder, 'board');
  await mkdir(inside);
  await writeJsonOutput(new Map([['leaderboard', inside]]), 'leaderboard', [1]);
  expect(await readFile(path.join(inside, 'leaderboard.json'), 'utf8')).toBe('[\n  1\n]\n');
  await writeJsonOutput(new Map(), 'leaderboard', [1]);
});
