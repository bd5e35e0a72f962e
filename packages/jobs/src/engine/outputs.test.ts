// What becomes of what a step has written, and of what it should have.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});

afterEach(() => lab.dispose());

async function run(command: string, type: string): Promise<Job> {
  const step = { command, outputs: { out: { type } } };
  const { id } = await open.engine.submit(pipelineOf({ write: step }));
  const job = await open.engine.waitFor(id);
  expect(await problemsOf(lab, open, job)).toEqual([]);
  return job;
}

const artifactsOf = (job: Job, folder?: string) =>
  open.workspace.artifacts.list(job.steps[0]?.runId ?? '', folder);

test('an output that is a file is kept as one, and later steps read it', async () => {
  const { id } = await open.engine.submit(
    pipelineOf({
      write: { command: 'echo text > ${{outputs.out}}', outputs: { out: { type: 'uri_file' } } },
      read: {
        command: 'cat ${{inputs.in}} > ${{outputs.copy}}',
        inputs: { in: '${{parent.jobs.write.outputs.out}}' },
        outputs: { copy: { type: 'uri_file' } },
      },
    }),
  );
  const job = await open.engine.waitFor(id);
  expect(job.status).toBe('Completed');
  const runId = job.steps[1]?.runId ?? '';
  const copy = await open.workspace.artifacts.localPath(runId, 'outputs/copy');
  expect(await readFile(copy, 'utf8')).toBe('text\n');
});

test('a folder that stays empty is an output', async () => {
  expect((await run('true', 'uri_folder')).status).toBe('Completed');
});

const isLink = 'is a link; copy there what it points at';

describe('an output that is not there after exit code 0 fails the step', () => {
  test.each([
    ['true', 'uri_file', 'was not written'],
    ['mkdir ${{outputs.out}}', 'uri_file', 'is no file'],
    ['rmdir ${{outputs.out}}', 'uri_folder', 'was removed'],
    ['rmdir ${{outputs.out}} && touch ${{outputs.out}}', 'uri_folder', 'is no folder'],
    ['touch ${{outputs.out}}/model.json', 'mlflow_model', 'holds no MLmodel file'],
    ['ln -s /proc/self/environ ${{outputs.out}}', 'uri_file', isLink],
    ['ln -s /etc/hostname ${{outputs.out}}', 'string', isLink],
    ['ln -s nowhere ${{outputs.out}}', 'uri_file', isLink],
    ['rmdir ${{outputs.out}} && ln -s /etc ${{outputs.out}}', 'uri_folder', isLink],
  ])('%s (%s)', async (command, type, problem) => {
    const job = await run(command, type);
    const message = `step 'write' exited with code 0, but its output 'out' ${problem}`;
    expect(job).toMatchObject({
      status: 'Failed',
      error: { code: 'STEP_OUTPUT_MISSING', message },
    });
    expect(job.steps[0]).toMatchObject({ status: 'Failed', exitCode: 0 });
    expect(await artifactsOf(job, 'outputs')).toEqual([]);
  });
});

test('an output with a link in it fails the step, and says where the link is', async () => {
  const job = await run('ln -s / ${{outputs.out}}/root', 'uri_folder');
  expect(job.error).toEqual({
    code: 'STEP_OUTPUT_INVALID',
    message: expect.stringMatching(/output 'out' cannot be kept: .*root' is a link or a device/),
  });
  expect(await artifactsOf(job, 'outputs')).toEqual([]);
});

test('a step that fails keeps no output', async () => {
  const job = await run('touch ${{outputs.out}}/half; exit 1', 'uri_folder');
  expect(job.error?.code).toBe('STEP_FAILED');
  expect(await artifactsOf(job)).toEqual([]);
});
