// The log of a step, and the words in which a failed step is described.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { until } from '../test/until.ts';
import type { EngineLimits } from './engine-context.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

async function run(
  command: string,
  limits: Partial<EngineLimits> = {},
): Promise<[OpenEngine, Job]> {
  const open = await lab.open({ limits });
  const { id } = await open.engine.submit(pipelineOf({ only: { command } }));
  const job = await open.engine.waitFor(id);
  expect(await problemsOf(lab, open, job)).toEqual([]);
  return [open, job];
}

describe('a step that fails', () => {
  test('shows its exit code and its last ten lines', async () => {
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index}`);
    const [, job] = await run(
      `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')}; exit 42`,
    );
    const message = `step 'only' exited with code 42; its last lines:\n${lines.slice(2).join('\n')}`;
    expect(job.error).toEqual({ code: 'STEP_FAILED', message });
    expect(job.steps[0]).toMatchObject({ exitCode: 42, error: job.error });
  });

  test('and has printed nothing says so', async () => {
    const [, job] = await run('exit 1');
    expect(job.error?.message).toBe("step 'only' exited with code 1; it printed nothing");
  });

  test('with a command that does not exist shows what the shell says', async () => {
    const [, job] = await run('no-such-command');
    expect(job.error?.message).toMatch(
      /exited with code 127; its last lines:\n.*no-such-command: /,
    );
  });

  test('with output that is no text shows what can be shown', async () => {
    const [, job] = await run(`printf 'a\\000\\377b'; exit 1`);
    expect(job.error?.message).toBe("step 'only' exited with code 1; its last lines:\na\ufffdb");
  });

  test.each(['KILL', 'TERM', 'SEGV'])('as SIG%s ended it says so', async (signal) => {
    const [, job] = await run(`kill -${signal} $$`);
    expect(job.error).toMatchObject({
      code: 'STEP_KILLED',
      message: `step 'only' was killed by SIG${signal}; it printed nothing`,
    });
  });

  test('as it was killed together with its supervisor says so', async () => {
    const [, job] = await run('kill -KILL 0');
    expect(job.error).toMatchObject({
      code: 'STEP_KILLED',
      message: expect.stringContaining('SIGKILL, together with its supervisor'),
    });
    expect(job.steps[0]?.exitCode).toBeNull();
  });

  test.each(['mkfifo ../log', 'ln -s /proc/self/environ ../log'])(
    'although it has put something else in the place of its log: %s',
    async (command) => {
      const [open, job] = await run(`rm ../log; ${command}; exit 5`);
      expect(job.error?.message).toBe("step 'only' exited with code 5; it printed nothing");
      expect((await open.engine.readLog(job.id, 'only', 0)).bytes).toHaveLength(0);
    },
  );
});

test('a step that prints too much is stopped, and what is over the limit is not kept', async () => {
  const maxLogBytes = 10_000;
  const [open, job] = await run('while :; do echo too much; done', { maxLogBytes });
  expect(job.error).toMatchObject({
    code: 'STEP_LOG_TOO_LARGE',
    message: expect.stringMatching(/its log is too large; its last lines:\n.*too much$/s),
  });
  expect((await open.engine.readLog(job.id, 'only', 0)).bytes).toHaveLength(maxLogBytes);
});

test('a log can be followed while the step runs, and read on when it has ended', async () => {
  const { engine } = await lab.open();
  const command = `echo first; echo problem >&2; ${lab.control.waitAt('end')}; echo last`;
  const { id } = await engine.submit(pipelineOf({ only: { command } }));
  const first = await until('two lines are there', async () => {
    const part = await engine.readLog(id, 'only', 0);
    return part.bytes.toString() === 'first\nproblem\n' && part;
  });
  expect(await engine.readLog(id, 'only', first.nextOffset)).toMatchObject({ nextOffset: 14 });
  await lab.control.openGates(['end']);
  await engine.waitFor(id);
  const rest = await engine.readLog(id, 'only', first.nextOffset);
  expect(rest.bytes.toString()).toBe('last\n');
  expect((await engine.readLog(id, 'only', rest.nextOffset)).bytes).toHaveLength(0);
  expect((await engine.readLog(id, 'only', 1_000_000)).nextOffset).toBe(1_000_000);
});

test('a log is read in parts of at most 1 MiB', async () => {
  const { engine } = await lab.open();
  const { id } = await engine.submit(pipelineOf({ only: { command: 'yes | head -c 1500000' } }));
  await engine.waitFor(id);
  const { bytes, nextOffset } = await engine.readLog(id, 'only', 0);
  expect([bytes.length, nextOffset]).toEqual([1024 * 1024, 1024 * 1024]);
  expect((await engine.readLog(id, 'only', nextOffset)).bytes).toHaveLength(
    1_500_000 - 1024 * 1024,
  );
});

test('a step that has not started has an empty log; one that the job does not have, none', async () => {
  const { engine } = await lab.open();
  const { id } = await engine.submit(
    pipelineOf({
      fails: { command: 'exit 1', outputs: { out: { type: 'uri_folder' } } },
      waits: { command: 'true', inputs: { in: '${{parent.jobs.fails.outputs.out}}' } },
    }),
  );
  await engine.waitFor(id);
  expect(await engine.readLog(id, 'waits', 7)).toEqual({ bytes: Buffer.alloc(0), nextOffset: 7 });
  await expect(engine.readLog(id, 'wait', 0)).rejects.toMatchObject({
    code: 'STEP_NOT_FOUND',
    status: 404,
    message: `job ${id} has no step 'wait': it has fails, waits`,
  });
  await expect(engine.readLog('nobody', 'waits', 0)).rejects.toMatchObject({
    code: 'JOB_NOT_FOUND',
  });
});
