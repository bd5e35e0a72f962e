// Automated machine learning as a job of its own, and on this machine alone.
import { spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, ridgeline, type Server, startServer } from './cli.ts';

const minutes = 60_000;
let folder: string;
let workspace: string;
let server: Server;
let client: RidgelineClient;

const run = (...words: string[]) => ridgeline(words, { cwd: folder });
const onServer = (...words: string[]) => run(...words, '-w', workspace);

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'automl-job-'));
  workspace = path.join(folder, 'workspace');
  await writeTables();
  server = await startServer(workspace);
  client = new RidgelineClient({ url: server.url, token: server.token });
}, minutes);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Whether a point lies in a circle, by its place and a colour that says nothing, in two files. */
async function writeTables(): Promise<void> {
  const rows = Array.from({ length: 240 }, (_, i) => {
    const [x, y] = [Math.cos(i * 1.7) * (i % 13), Math.sin(i * 2.3) * (i % 7)];
    const colour = ['red', 'green', 'blue'][i % 3];
    return `${x.toFixed(3)},${i % 10 === 0 ? '' : y.toFixed(3)},${colour},${Math.hypot(x, y) < 6 ? 'in' : 'out'}`;
  });
  const table = path.join(folder, 'table');
  await mkdir(table, { recursive: true });
  const csv = (part: readonly string[]) => `x,y,colour,place\n${part.join('\n')}\n`;
  await writeFile(path.join(table, 'first.csv'), csv(rows.slice(0, 120)));
  await writeFile(path.join(table, 'second.csv'), csv(rows.slice(120)));
  await writeFile(
    path.join(table, 'MLTable'),
    'paths:\n  - file: ./first.csv\n  - file: ./second.csv\ntransformations:\n  - read_delimited:\n      delimiter: ","\n',
  );
  await writeFile(path.join(folder, 'train.csv'), csv(rows));
}

async function jobFile(name: string, lines: readonly string[]): Promise<string> {
  const shared = [
    '$schema: https://azuremlschemas.azureedge.net/latest/autoMLJob.schema.json',
    ...['type: automl', 'task: classification', 'target_column_name: place'],
    ...['training_data: {type: mltable, path: ./table}', 'experiment_name: circles'],
  ];
  await writeFile(path.join(folder, name), `${[...shared, ...lines].join('\n')}\n`);
  return name;
}

describe('a job of type automl', () => {
  test(
    'finds a model, and keeps it with all that it has tried',
    async () => {
      const file = await jobFile('automl.yml', [
        'primary_metric: AUC_weighted',
        'limits: {max_trials: 3, timeout_minutes: 2, max_cores_per_trial: 2}',
        'training: {enable_stack_ensemble: false, blocked_training_algorithms: [svm]}',
        'featurization: {column_name_and_types: {colour: Categorical}}',
        'test_data_size: 0.2',
        'properties: {ridgeline.automl.seed: "7"}',
        'outputs: {best_model: {type: mlflow_model}, leaderboard: {type: uri_file}}',
      ]);
      const ended = await onServer('job', 'create', '-f', file, '--wait', '--json');
      expect(ended.exitCode, ended.stderr).toBe(0);
      const [step] = JSON.parse(ended.stdout).steps;
      const { data } = await client.runs.get(step.runId);
      const tags = new Map(data.tags?.map(({ key, value }) => [key, value]));
      expect(tags.get('ridgeline.automl.stop_reason')).toBe('max_trials');
      expect(data.params).toContainEqual({ key: 'seed', value: '7' });
      expect(data.metrics?.map(({ key }) => key)).toEqual(
        expect.arrayContaining(['auc_weighted', 'accuracy', 'log_loss']),
      );
      const local = path.join(folder, 'board.json');
      await client.artifacts.download(step.runId, 'leaderboard.json', local);
      const board = JSON.parse(await readFile(local, 'utf8'));
      expect(board).toMatchObject({
        task: 'classification',
        primaryMetric: 'auc_weighted',
        seed: 7,
      });
      const kept = await client.artifacts.list(step.runId, 'outputs/best_model');
      expect(kept.map(({ path: place }) => path.basename(place))).toContain('MLmodel');
      const { stdout: log } = await onServer('job', 'logs', JSON.parse(ended.stdout).id);
      expect(log).toContain('max_cores_per_trial has no effect');
      expect(log).not.toContain('MLFLOW');
    },
    3 * minutes,
  );

  test.each([
    ['an output', ['outputs: {beast_model: {type: mlflow_model}}'], /OUTPUT_UNKNOWN.*'best_model'/],
    ['a learner', ['training: {allowed_training_algorithms: [svm]}'], /LEARNER_UNKNOWN.*'svm'/],
    ['a column', ['weight_column_name: importance'], /COLUMN_NOT_FOUND.*'importance'/],
    [
      'a property',
      ['properties: {ridgeline.automl.sead: "1"}'],
      /DEFINITION_INVALID.*ridgeline\.automl\.sead/,
    ],
  ])(
    'with %s that there is not fails before it searches, and says so',
    async (_, lines, message) => {
      const file = await jobFile('wrong.yml', ['limits: {max_trials: 1}', ...lines]);
      const ended = await onServer('job', 'create', '-f', file, '--wait');
      expect(ended.exitCode).toBe(1);
      expect(ended.stderr).toMatch(message);
    },
  );

  test(
    'that is cancelled leaves no trial running',
    async () => {
      const file = await jobFile('long.yml', ['limits: {timeout_minutes: 60}']);
      const ended = await onServer('job', 'create', '-f', file, '--json');
      const { id } = JSON.parse(ended.stdout);
      const trials = await untilTrials(id);
      await client.jobs.cancel(id, 'enough');
      expect(await client.jobs.wait(id)).toMatchObject({ status: 'Canceled' });
      const { runs = [] } = await client.runs.search(trials);
      expect(runs.map(({ info }) => info.status)).not.toContain('RUNNING');
    },
    2 * minutes,
  );
});

/** The search that finds the trials of a job, when there are some. */
async function untilTrials(jobId: string) {
  for (;;) {
    const [step] = (await client.jobs.get(jobId)).steps;
    if (step?.runId != null) {
      const { info } = await client.runs.get(step.runId);
      const filter = `tags.mlflow.parentRunId = '${step.runId}'`;
      const search = { experiment_ids: [info.experiment_id], filter };
      const { runs = [] } = await client.runs.search(search);
      if (runs.length > 0) return search;
    }
    await delay(100);
  }
}

describe('ridgeline automl', () => {
  const words = ['automl', 'train.csv', '--target', 'place', '--trials', '3'];

  test(
    'needs no server: a model, a leaderboard and a table of what it has tried',
    async () => {
      const { exitCode, stdout, stderr } = await run(
        ...words,
        '--test',
        '0.25',
        '--output',
        'here',
      );
      expect(exitCode, stderr).toBe(0);
      expect(stdout).toMatch(/^trial +learner +accuracy/);
      expect(stdout).toContain('model        here/model');
      expect(stderr).toContain('Trial 1 ');
      await access(path.join(folder, 'here/model/MLmodel'));
    },
    2 * minutes,
  );

  test(
    'gives the same leaderboard for the same seed and number of trials',
    async () => {
      const boards = [];
      for (const output of ['one', 'two']) {
        const { stdout } = await run(...words, '--seed', '5', '--output', output, '--json');
        const { trials } = JSON.parse(stdout);
        boards.push(
          trials.map(({ learner, score }: { learner: string; score: number }) => [learner, score]),
        );
      }
      expect(boards[0]).toEqual(boards[1]);
    },
    2 * minutes,
  );

  test(
    'ends with the best so far at Ctrl-C',
    async () => {
      const long = ['automl', 'train.csv', '--target', 'place', '--time', '600', '--json'];
      const child = spawn(process.execPath, [bin, ...long, '--output', 'stopped'], { cwd: folder });
      const stdout = text(child.stdout);
      let shown = '';
      await new Promise<void>((resolve) => {
        child.stderr.on('data', (piece: Buffer) => {
          shown += piece;
          if (/^Trial .*: score /m.test(shown)) resolve();
        });
      });
      child.kill('SIGINT');
      expect(JSON.parse(await stdout)).toMatchObject({ stopReason: 'cancelled' });
      await access(path.join(folder, 'stopped/model/MLmodel'));
    },
    2 * minutes,
  );

  test('leaves a folder that holds something as it is', async () => {
    await mkdir(path.join(folder, 'full'));
    await writeFile(path.join(folder, 'full', 'mine'), 'kept');
    const refused = await run(...words, '--output', 'full');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('OUTPUT_INVALID');
  });

  test.each([
    [['--target', 'plaice'], /COLUMN_NOT_FOUND.*'place'/],
    [['--target', 'place', '--metric', 'acuracy'], /METRIC_UNKNOWN.*'accuracy'/],
  ])('%j is told with what was meant', async (given, message) => {
    const refused = await run('automl', 'train.csv', ...given, '--output', 'nothing');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toMatch(message);
    await expect(access(path.join(folder, 'nothing'))).rejects.toThrow();
  });
});
