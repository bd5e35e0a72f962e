// A step that does what no step should: it is ended, with its own words, and harms no other.
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { withBrokenMethod } from '../test/broken-part.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await Lab.make();
});

afterEach(() => lab.dispose());

async function run(open: OpenEngine, command: string, more: object = {}): Promise<Job> {
  const { id } = await open.engine.submit(pipelineOf({ rude: { command, ...more } }));
  const job = await open.engine.waitFor(id);
  expect(await problemsOf(lab, open, job)).toEqual([]);
  return job;
}

test('one that fills its folder is ended at the limit', async () => {
  const open = await lab.open({ limits: { maxStepBytes: 5_000_000 } });
  const write = 'while :; do head -c 1000000 /dev/zero >> ${{outputs.out}}/big; done';
  const job = await run(open, `echo begun; ${write}`, { outputs: { out: { type: 'uri_folder' } } });
  expect(job.error).toEqual({
    code: 'STEP_TOO_LARGE',
    message:
      "step 'rude' was stopped: it has written too much into its folder; its last lines:\nbegun",
  });
});

test.runIf(process.platform === 'linux')(
  'one that forks and leaves takes nothing with it',
  async () => {
    const open = await lab.open();
    const leave = `setsid sh -c 'while :; do sleep 0.1; done' '${lab.control.folder.replaceAll("'", "'\\''")}' &`;
    expect((await run(open, `${leave} sleep 0.2`)).status).toBe('Completed');
  },
);

test.each([
  ['the disk is full', 'ENOSPC'],
  ['its quota is used up', 'EDQUOT'],
])(
  'where %s, a step that cannot be started says so, and the engine goes on',
  async (_name, code) => {
    let isFull = true;
    const open = await lab.open({
      wrap: (workspace) =>
        withBrokenMethod(workspace, 'environments', 'prepare', () => isFull, code),
    });
    const full = await run(open, 'true');
    expect(full.error?.code).toBe('STEP_DISK_FULL');
    expect(full.error?.message).toContain('the disk of the workspace is full; make room there');
    isFull = false;
    expect((await run(open, 'true')).status).toBe('Completed');
  },
);

test('where the disk is full at its end, a step that succeeded has failed, and its log is kept', async () => {
  const open = await lab.open({
    wrap: (workspace) =>
      withBrokenMethod(workspace, 'artifacts', 'adoptFolder', () => true, 'ENOSPC'),
  });
  const job = await run(open, 'echo done', { outputs: { out: { type: 'uri_folder' } } });
  expect(job).toMatchObject({ status: 'Failed', error: { code: 'STEP_DISK_FULL' } });
  expect((await open.engine.readLog(job.id, 'rude', 0)).bytes.toString()).toBe('done\n');
});

test('where the disk is full even for its log, the state of a step is still kept', async () => {
  const open = await lab.open({
    wrap: (workspace) => withBrokenMethod(workspace, 'artifacts', 'write', () => true, 'ENOSPC'),
  });
  expect((await run(open, 'echo said; exit 4')).steps).toMatchObject([{ exitCode: 4 }]);
});
