import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { WorkspaceDatabase } from '../database/open-workspace-database.ts';
import { useTemporaryDatabase } from '../database/temporary-database.fixture.ts';
import { Runs } from './runs.ts';

const temporary = useTemporaryDatabase();
const program = join(import.meta.dirname, 'log-until-killed.fixture.ts');

/** Lets the program log, kills it after some acknowledged steps, and returns those. */
async function logUntilKilled(runId: string, firstStep: number, enough: number): Promise<number[]> {
  const args = [program, temporary.place, runId, String(firstStep)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const printed = await outputUntil(child, enough);
  return printed.split('\n').slice(0, -1).map(Number);
}

async function outputUntil(child: ChildProcess, lines: number): Promise<string> {
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [code, signal] = await once(child, 'close');
  expect([code, signal]).toEqual([null, 'SIGKILL']);
  return output;
}

async function loggedSteps(database: WorkspaceDatabase, runId: string) {
  const runs = new Runs({ database });
  const { data } = await runs.get(runId);
  const history = await runs.metricHistory(runId, 'loss');
  return {
    metrics: history.items.map((metric) => metric.step),
    params: data.params.map((param) => Number(param.key.replace('param-', ''))),
    tags: data.tags.flatMap((tag) =>
      tag.key.startsWith('tag-') ? [Number(tag.key.slice(4))] : [],
    ),
  };
}

describe('a process that is killed with SIGKILL', () => {
  test('loses no value that it acknowledged, and leaves no batch half written', async () => {
    const { info } = await new Runs({ database: temporary.database }).create({ experimentId: '0' });
    const acknowledged: number[] = [];
    for (const enough of [1, 10, 30, 60, 100]) {
      const firstStep = (acknowledged.at(-1) ?? 0) + 1_000;
      acknowledged.push(...(await logUntilKilled(info.run_id, firstStep, enough)));
    }
    const logged = await loggedSteps(await temporary.reopen(), info.run_id);
    expect(acknowledged.length).toBeGreaterThan(200);
    expect(logged.metrics).toEqual(expect.arrayContaining(acknowledged));
    const sorted = (steps: readonly number[]) => steps.toSorted((a, b) => a - b);
    expect(sorted(logged.params)).toEqual(sorted(logged.metrics));
    expect(sorted(logged.tags)).toEqual(sorted(logged.metrics));
  });
});
