// What a step finds around it: its variables, its token, its working folder, its commands.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Job } from '../job/job.ts';
import type { JobSubmission } from '../submission/submission.ts';
import { address, Lab, type OpenEngine } from '../test/lab.ts';
import { pipelineOf } from '../test/pipelines.ts';
import { problemsOf } from '../test/settled.ts';
import { tarOf } from '../test/tar-file.ts';

let lab: Lab;
let open: OpenEngine;

beforeEach(async () => {
  lab = await Lab.make();
  open = await lab.open();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await lab.dispose();
});

async function run(submission: JobSubmission): Promise<Job> {
  const { id } = await open.engine.submit(submission);
  const job = await open.engine.waitFor(id);
  expect(job.error).toBeNull();
  expect(await problemsOf(lab, open, job)).toEqual([]);
  return job;
}

async function logOf(job: Job, step: string): Promise<string> {
  return (await open.engine.readLog(job.id, step, 0)).bytes.toString('utf8');
}

describe('the variables of a step', () => {
  async function variablesOf(definition: object = {}): Promise<[Job, Map<string, string>]> {
    const job = await run(pipelineOf({ show: { command: 'env', ...definition } }));
    const lines = (await logOf(job, 'show')).trim().split('\n');
    return [
      job,
      new Map(lines.map((line) => [line.split('=', 1)[0] ?? '', line.replace(/^.*?=/, '')])),
    ];
  }

  test('point at its own run, and say which step of which job it is', async () => {
    const [job, variables] = await variablesOf();
    expect(Object.fromEntries(variables)).toMatchObject({
      MLFLOW_TRACKING_URI: address,
      MLFLOW_RUN_ID: job.steps[0]?.runId,
      MLFLOW_EXPERIMENT_ID: job.experimentId,
      MLFLOW_EXPERIMENT_NAME: job.experimentName,
      RIDGELINE_JOB_ID: job.id,
      RIDGELINE_STEP_NAME: 'show',
      RIDGELINE_ATTEMPT: '1',
    });
  });

  test('are never those of the server, which may be secrets', async () => {
    vi.stubEnv('RIDGELINE_SECRET_KEY', Buffer.alloc(32).toString('base64'));
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    const [, variables] = await variablesOf();
    const expected =
      /^(HOME|LANG|LC_ALL|LOGNAME|NODE_COMPILE_CACHE|PATH|SHELL|TMPDIR|TZ|USER|PWD|OLDPWD|SHLVL|_|MLFLOW_\w+|RIDGELINE_(JOB_ID|STEP_NAME|ATTEMPT|STEP_MARK))$/;
    expect([...variables.keys()].filter((name) => !expected.test(name))).toEqual([]);
  });

  test('are also those of its definition, but for the ones that are the server’s to set', async () => {
    const [job, variables] = await variablesOf({
      environment_variables: { GREETING: `it's $HOME`, LANG: 'de', MLFLOW_RUN_ID: 'forged' },
    });
    expect(variables.get('GREETING')).toBe(`it's $HOME`);
    expect(variables.get('LANG')).toBe('de');
    expect(variables.get('MLFLOW_RUN_ID')).toBe(job.steps[0]?.runId);
  });

  test('may hold a PATH in which nothing is', async () => {
    const job = await run(
      pipelineOf({
        bare: { command: 'echo "$PATH"', environment_variables: { PATH: '/nowhere' } },
      }),
    );
    expect(await logOf(job, 'bare')).toBe('/nowhere\n');
  });

  test('find the running Node and the commands of the environment', async () => {
    const command = 'node --version && command -v ridgeline-batch-score';
    const log = await logOf(await run(pipelineOf({ find: { command } })), 'find');
    expect(log).toMatch(new RegExp(`^${process.version}\n.*/ridgeline-batch-score\n$`));
  });
});

test('the token of a step is that of its job and run, and dies with the step', async () => {
  const command = `echo "$MLFLOW_TRACKING_TOKEN"; ${lab.control.write('begin')}; ${lab.control.waitAt('end')}`;
  const { id } = await open.engine.submit(pipelineOf({ hold: { command } }));
  await lab.control.untilJournal('begin');
  const job = await open.engine.get(id);
  const token = (await logOf(job, 'hold')).trim();
  const { identity } = open.workspace;
  const principal = { kind: 'step', jobId: id, runId: job.steps[0]?.runId };
  expect(await identity.authenticate(token)).toMatchObject(principal);
  await lab.control.openGates(['end']);
  await open.engine.waitFor(id);
  expect(await identity.authenticate(token)).toBeNull();
});

describe('the working folder of a step', () => {
  test('is a copy of its code of its own', async () => {
    const code = { 'main.sh': 'cat data/value', 'data/value': 'original' };
    const snapshot = await open.workspace.code.store(tarOf(code));
    const command = 'sh main.sh; echo changed > data/value; rm main.sh; touch new';
    const step = { command, code: './src' };
    const submission = { ...pipelineOf({ a: step, b: step }), code: { './src': snapshot.id } };
    const job = await run(submission);
    expect(await logOf(job, 'a')).toBe('original');
    expect(await logOf(job, 'b')).toBe('original');
    const folder = await open.workspace.code.folder(snapshot.id);
    expect((await readdir(folder)).sort()).toEqual(['data', 'main.sh']);
    expect(await readFile(path.join(folder, 'data/value'), 'utf8')).toBe('original');
  });

  test('is empty but for the environment where a step has no code', async () => {
    const job = await run(pipelineOf({ list: { command: 'ls -A' } }));
    expect(await logOf(job, 'list')).toBe('node_modules\n');
  });

  test('holds the packages of the environment', async () => {
    const script = "import('@ridgeline/learn').then((m) => console.log(typeof m.Ridge))";
    const job = await run(pipelineOf({ load: { command: `node -e "${script}"` } }));
    expect(await logOf(job, 'load')).toBe('function\n');
  });
});
