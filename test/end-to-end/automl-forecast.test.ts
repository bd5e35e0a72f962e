// `ridgeline automl` forecasts on this machine, with no server: from a CSV file to a folder with its
// model, and the refusals that a first try meets.

import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ridgeline } from './cli.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'automl-forecast-'));
  await writeFile(join(folder, 'sales.csv'), sales());
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Two stores, 90 days, a week's rhythm and a slope. */
function sales(): string {
  const lines = ['day,store,units'];
  for (const [store, base] of [
    ['north', 50],
    ['south', 80],
  ] as const) {
    for (let at = 0; at < 90; at++) {
      const day = new Date(Date.UTC(2026, 0, 1 + at)).toISOString().slice(0, 10);
      lines.push(`${day},${store},${base + 10 * Math.sin((2 * Math.PI * at) / 7) + at / 10}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

const forecast = ['--target', 'units', '--task', 'forecasting', '--time-column', 'day'];

describe('a forecast', () => {
  it('is found, judged and written by its options', async () => {
    const output = join(folder, 'found');
    const { exitCode, stdout } = await ridgeline([
      ...['automl', join(folder, 'sales.csv'), ...forecast, '--series', 'store', '--horizon', '7'],
      ...['--trials', '4', '--seed', '1', '--output', output, '--json'],
    ]);
    expect(exitCode).toBe(0);
    const told = JSON.parse(stdout);
    expect(told).toMatchObject({ task: 'forecasting' });
    const leaderboard = JSON.parse(await readFile(join(output, 'leaderboard.json'), 'utf8'));
    expect(JSON.stringify(leaderboard)).toContain('seasonal_naive');
  });

  it('needs to know its time column', async () => {
    const { exitCode, stderr } = await ridgeline([
      ...['automl', join(folder, 'sales.csv'), '--target', 'units', '--task', 'forecasting'],
      ...['--output', join(folder, 'none')],
    ]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--time-column');
  });

  it('names the columns that there are when the one asked for is none of them', async () => {
    const { exitCode, stderr } = await ridgeline([
      ...['automl', join(folder, 'sales.csv'), '--target', 'units', '--task', 'forecasting'],
      ...['--time-column', 'date', '--output', join(folder, 'none')],
    ]);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/'date'.*day/s);
  });
});
