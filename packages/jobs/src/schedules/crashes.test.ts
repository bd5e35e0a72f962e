// A server is killed between any two things that it does while a schedule fires: the next one makes
// the job if it was not made, and never a second.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { roomToStart } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { ScheduleLab } from './test/schedule-lab.ts';

const program = path.join(import.meta.dirname, 'test/schedule-process.ts');
let lab: ScheduleLab;

beforeEach(async () => {
  lab = await ScheduleLab.make();
});

afterEach(() => lab.dispose());

/** False where it was killed. */
async function runTo(crashPoint: number, time: string, specFile?: string): Promise<boolean> {
  const words = [roomToStart, program, lab.lab.workspaceFolder, time, String(crashPoint)];
  const child = spawn(process.execPath, specFile === undefined ? words : [...words, specFile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = text(child.stdout);
  const [exitCode] = await once(child, 'exit');
  expect([0, null]).toContain(exitCode);
  return (await said) === 'ended\n';
}

const before = '2026-03-02T07:59:59Z';
const due = '2026-03-02T08:00:00Z';
const never = Number.POSITIVE_INFINITY;

async function makeSchedule(): Promise<void> {
  const job = pipelineOf({ note: { command: lab.lab.control.write('ran') } });
  const spec = { trigger: { type: 'cron', expression: '0 8 * * *' }, start: { job } };
  const file = path.join(lab.lab.folder, 'spec.json');
  await writeFile(file, JSON.stringify(spec));
  expect(await runTo(never, before, file)).toBe(true);
}

test('one that dies again and again, each time a little later, fires once in all', async () => {
  await makeSchedule();
  let lives = 0;
  // A life begins with what the last one has left, so that the points move on by themselves.
  for (let point = 1; !(await runTo(point, due)); point += 2) lives += 1;
  expect(lives).toBeGreaterThan(3);
  const { schedules, engine, errors } = await lab.open();
  const jobs = await engine.list({ limit: 10 });
  expect(jobs).toMatchObject([{ status: 'Completed', source: 'schedule:s' }]);
  expect(await schedules.firings('s', 10)).toMatchObject([
    { status: 'Submitted', jobId: jobs[0]?.id, dueAt: '2026-03-02T08:00:00.000Z' },
  ]);
  expect(await lab.lab.control.journal()).toEqual(['ran']);
  expect(errors).toEqual([]);
});

test.each([8, 12, 16, 20, 24, 28])(
  'one that dies at the point %d of the firing leaves it to the next, which makes one job',
  async (point) => {
    await makeSchedule();
    await runTo(point, due);
    expect(await runTo(never, due)).toBe(true);
    const { schedules, engine } = await lab.open();
    const jobs = await engine.list({ limit: 10 });
    expect(jobs).toMatchObject([{ status: 'Completed' }]);
    expect(await schedules.firings('s', 10)).toMatchObject([{ jobId: jobs[0]?.id }]);
  },
);
