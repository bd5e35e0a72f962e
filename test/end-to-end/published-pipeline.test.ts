// The training pipeline of the sample: published by the command line, started by calls that know
// nothing of it, with real processes all through.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ridgeline, type Server, startServer, template } from './cli.ts';

const minutes = 60_000;
const name = 'diabetes-Training-Pipeline';
const file = path.join(template, 'pipelines', 'training-pipeline.yml');
let workspace: string;
let server: Server;
let published: { readonly id: string; readonly restEndpoint: string };

const run = (...words: string[]) => ridgeline([...words, '-w', workspace]);
const json = async (...words: string[]) => JSON.parse((await run(...words, '--json')).stdout);

beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'published-'));
  server = await startServer(workspace);
  const made = await run('data', 'create', '-f', path.join(template, 'data', 'diabetes.yml'));
  expect(made).toMatchObject({ exitCode: 0 });
}, 2 * minutes);

afterAll(async () => {
  await server.stop();
  await rm(workspace, { recursive: true, force: true });
});

async function endOf(runUrl: string): Promise<Record<string, unknown>> {
  for (;;) {
    const answer = await fetch(runUrl, { headers: { authorization: `Bearer ${server.token}` } });
    const found = (await answer.json()) as { Status: { StatusCode: number } };
    if (found.Status.StatusCode >= 2) return found;
    await delay(100);
  }
}

test(
  'it is published, with the words of the source system and a call to paste',
  async () => {
    const words = ['--name', name, '--version', '1', '--endpoint', 'training'];
    const { exitCode, stdout, stderr } = await run('pipeline', 'publish', '-f', file, ...words);
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain(`Published pipeline: ${name}\nfor build 1\n`);
    expect(stdout).toContain('REST address: http://127.0.0.1:');
    expect(stdout).toContain('curl -X POST');
    [published] = await json('pipeline', 'list', '--name', name);
    expect(published).toMatchObject({
      version: '1',
      status: 'Active',
      description: 'Model training/retraining pipeline',
      steps: ['train', 'evaluate', 'register'],
    });
  },
  2 * minutes,
);

test(
  'the call that was printed starts it, and a model comes of it',
  async () => {
    const { stdout } = await run('pipeline', 'show', name);
    const call = stdout.slice(stdout.indexOf('curl -X POST'));
    const env = { ...process.env, RIDGELINE_TOKEN: server.token };
    const { stdout: answer } = await promisify(execFile)('/bin/sh', ['-c', call], { env });
    const started = JSON.parse(answer);
    expect(started).toMatchObject({
      PipelineId: published.id,
      RunHistoryExperimentName: 'my-experiment',
    });
    expect(await endOf(started.RunUrl)).toMatchObject({ Status: { StatusCode: 2 } });
    const job = await json('job', 'show', started.Id);
    expect(job).toMatchObject({
      verdict: { outcome: 'registered' },
      source: `pipeline:${published.id}`,
    });
  },
  3 * minutes,
);

test(
  'by its endpoint it trains a model of another name',
  async () => {
    const { restEndpoint } = await json('pipeline-endpoint', 'show', 'training');
    const answer = await fetch(restEndpoint, {
      method: 'POST',
      headers: { Authorization: `Bearer ${server.token}` },
      body: JSON.stringify({
        ExperimentName: 'pipeline-cycle-test',
        ParameterAssignments: { model_name: 'another_model' },
        Tags: { BuildId: '7' },
      }),
    });
    const started = (await answer.json()) as { RunUrl: string };
    expect(await endOf(started.RunUrl)).toMatchObject({ Status: { StatusCode: 2 } });
    expect(await json('model', 'show', 'another_model')).toMatchObject({ version: '1' });
  },
  3 * minutes,
);

test(
  'it is chosen by name and version, and a wrong choice is told',
  async () => {
    const missing = await run('pipeline', 'submit', name, '--version', '9');
    expect(missing.exitCode).toBe(1);
    expect(missing.stderr).toContain('Unable to find a published pipeline for this build 9');
    const again = await run('pipeline', 'publish', '-f', file, '--name', name, '--version', '1');
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("version '1'") });
    expect((await run('pipeline', 'publish', '-f', file, '--name', name)).stdout).toContain(
      'for build 2',
    );
    const several = await run('pipeline', 'submit', name);
    expect(several.stderr).toContain('Multiple active pipelines are published');
    const submitted = await run(
      'pipeline',
      'submit',
      name,
      '--version',
      '2',
      '--set',
      'model_name=m',
    );
    expect(submitted.stdout).toMatch(/^Pipeline run initiated [0-9a-f]{32}$/m);
    const canceled = await run('job', 'cancel', /[0-9a-f]{32}/.exec(submitted.stdout)?.[0] ?? '');
    // Where its steps took earlier results, it may have ended by now.
    if (canceled.exitCode !== 0) expect(canceled.stderr).toContain('error JOB_ALREADY_ENDED');
  },
  3 * minutes,
);

test(
  'disabled, it is refused, and the default of its endpoint can be moved',
  async () => {
    await run('pipeline', 'disable', published.id);
    const refused = await run('pipeline', 'submit', published.id);
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('is disabled') });
    await run('pipeline', 'enable', published.id);
    const moved = await run('pipeline-endpoint', 'set-default', 'training', '5');
    expect(moved.stderr).toContain("'training' has no version '5'; it has 0 to 0");
  },
  minutes,
);
