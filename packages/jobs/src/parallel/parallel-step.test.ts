// A parallel step as a job runs it, with the program of the package `scoring`.
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Job } from '../job/job.ts';
import { Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { tarOf } from '../test/tar-file.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});

afterEach(() => lab.dispose());

const script = `
const threshold = Number(process.argv[3]);
export function run(rows) {
  return rows.map(({ A }) => {
    if (Number(A) > threshold) throw new Error('A is ' + A);
    return { A, score: A * 2 };
  });
}`;

async function run(more: Readonly<Record<string, unknown>> = {}): Promise<Job> {
  const code = await open.workspace.code.store(tarOf({ 'score.mjs': script }));
  const submission = pipelineOf({
    make: {
      command: '(echo A; seq 7) > ${{outputs.rows}}',
      outputs: { rows: { type: 'uri_file' } },
    },
    score: {
      type: 'parallel',
      inputs: { rows: { type: 'uri_file', path: '${{parent.jobs.make.outputs.rows}}' }, most: 100 },
      outputs: { scores: { type: 'uri_file' } },
      input_data: '${{inputs.rows}}',
      mini_batch_size: '3',
      mini_batch_error_threshold: 0,
      task: {
        type: 'run_function',
        code: './src',
        entry_script: 'score.mjs',
        environment: 'azureml:ridgeline-node@latest',
        program_arguments: '--most ${{inputs.most}}',
        append_row_to: '${{outputs.scores}}',
      },
      ...more,
    } as never,
  });
  const { id } = await open.engine.submit({ ...submission, code: { './src': code.id } });
  const job = await open.engine.waitFor(id);
  expect(await problemsOf(lab, open, job)).toEqual([]);
  return job;
}

describe('a parallel step', () => {
  test('appends its rows in order, with their header, for later steps to read', async () => {
    const job = await run();
    expect(job.error).toBeNull();
    expect(job.steps[1]).toMatchObject({ type: 'parallel', status: 'Completed' });
    const runId = job.steps[1]?.runId ?? '';
    const scores = await open.workspace.artifacts.localPath(runId, 'outputs/scores');
    const rows = Array.from({ length: 7 }, (_, row) => `${row + 1},${(row + 1) * 2}\n`);
    expect(await readFile(scores, 'utf8')).toBe(`A,score\n${rows.join('')}`);
  });

  test('that fails says which rows failed, and why', async () => {
    const job = await run({
      inputs: { rows: { type: 'uri_file', path: '${{parent.jobs.make.outputs.rows}}' }, most: 4 },
      // One after the other: of two at once, either may be the first to fail.
      max_concurrency_per_instance: 1,
    });
    expect(job.error).toMatchObject({
      code: 'STEP_FAILED',
      message: expect.stringMatching(
        /PARALLEL_ERROR_THRESHOLD_EXCEEDED.*rows 4 to 6 of rows\): Error: A is 5/s,
      ),
    });
  });
});
