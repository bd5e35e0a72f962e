// The sample project through its life, from an empty folder, with real processes all through.
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ended, ridgeline, type Server, startServer, template } from './cli.ts';

const minutes = 60_000;
const model = 'diabetes_regression_model';
let workspace: string;
let first: Ended;

const live = () =>
  ridgeline(['up', '--project', template, '--once', '--json', '-w', workspace, '--port', '0']);
const summaryOf = ({ stdout }: Ended) => JSON.parse(stdout.trim().split('\n').at(-1) ?? '');

beforeAll(async () => {
  workspace = await mkdtemp(path.join(tmpdir(), 'lifecycle-'));
  first = await live();
}, 2 * minutes);

afterAll(() => rm(workspace, { recursive: true, force: true }));

describe('the first life', () => {
  test('ends well, and sums up in one line of JSON', () => {
    expect(first).toMatchObject({ exitCode: 0 });
    expect(summaryOf(first)).toMatchObject({
      outcome: 'completed',
      verdict: 'registered',
      metric: 'mse',
      productionValue: null,
      model: { name: model, version: '1' },
      endpoint: 'mlops-aci',
      builds: { training: '1' },
      rowsScored: 442,
      rowsNotScored: 0,
      workspace,
    });
    expect(summaryOf(first).metricValue).toBeCloseTo(3298.8856, 4);
  });

  test('shows each stage as it goes, and nothing but the summary on standard output', () => {
    const stages = ['Repository', 'Delivery', 'Training', 'Release', 'Batch scoring'];
    for (const stage of stages) expect(first.stderr).toContain(`✓ ${stage}`);
    expect(first.stderr).toContain('build 1: Model CI succeeded in');
    expect(first.stderr).toContain(`registered ${model}:1: new mse 3298.88`);
    expect(first.stderr).toContain('a local deployment). Smoke test successful.');
    expect(first.stdout.trim().split('\n')).toHaveLength(1);
  });

  test('leaves no server behind', () => {
    expect(existsSync(path.join(workspace, 'server.json'))).toBe(false);
  });
});

describe('a server on the workspace that it left', () => {
  let server: Server;
  const json = async (...words: string[]) =>
    JSON.parse((await ridgeline([...words, '-w', workspace, '--json'])).stdout);

  beforeAll(async () => {
    server = await startServer(workspace);
  }, minutes);

  afterAll(() => server.stop());

  test('has the model, with the metric as its tag', async () => {
    const { tags } = await json('model', 'show', model);
    const byKey = new Map(
      tags.map(({ key, value }: { key: string; value: string }) => [key, value]),
    );
    expect(Number(byKey.get('mse'))).toBeCloseTo(3298.8856, 4);
    expect(byKey.get('experiment_name')).toBe('mlopspython');
    expect(byKey.get('area')).toBe('diabetes_regression');
  });

  test('has the data, the jobs and their logs', async () => {
    expect(await json('data', 'list')).toMatchObject([{ name: 'diabetes_ds', rowCount: 442 }]);
    const jobs = await json('job', 'list');
    expect(jobs).toHaveLength(2);
    const training = jobs.find((job: { steps: unknown[] }) => job.steps.length === 3);
    const { stdout } = await ridgeline(['job', 'logs', training.id, '-w', workspace]);
    expect(stdout).toContain('This is the first model, thus it should be registered');
  });

  test('has the training pipeline published, and starts it again by one call', async () => {
    const endpoints: { name: string; restEndpoint: string }[] = await json(
      'pipeline-endpoint',
      'list',
    );
    const training = endpoints.find(({ name }) => name === 'diabetes-Training-Pipeline');
    const restEndpoint = training?.restEndpoint ?? '';
    const started = await fetch(restEndpoint, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(started.status).toBe(200);
    const { Id: id } = (await started.json()) as { Id: string };
    const client = new RidgelineClient({ url: server.url, token: server.token });
    expect(await client.jobs.wait(id)).toMatchObject({ verdict: { outcome: 'not_better' } });
  });

  test('has the builds, the two that follow started by the end of the first', async () => {
    const builds: { pipelineName: string; result: string; reason: string }[] = await json(
      'build',
      'list',
    );
    const facts = builds.map(({ pipelineName, result, reason }) => [pipelineName, result, reason]);
    expect(facts.sort()).toEqual([
      ['Batch-Scoring-CI', 'succeeded', 'ResourceTrigger'],
      ['Model-Deploy-CD', 'succeeded', 'ResourceTrigger'],
      ['Model-Train-Register-CI', 'succeeded', 'Manual'],
    ]);
  });

  test('gives the pipelines a token that may change nobody’s rights', async () => {
    const { variables } = await json('variable-group', 'show', 'devopsforai-aml-vg');
    expect(variables.RIDGELINE_TOKEN).toMatchObject({ value: null, isSecret: true });
    expect(variables.ACI_DEPLOYMENT_NAME).toMatchObject({ value: 'mlops-aci' });
    const tokens: { name: string; role: string }[] = await json('token', 'list', '--all');
    const roles = tokens.map(({ name, role }) => `${name}: ${role}`);
    expect(roles).toContain('delivery pipelines: Contributor');
  });

  test('scores, by the command and with the key as any caller would', async () => {
    const rows = [Array.from({ length: 10 }, (_, index) => index + 1)];
    const body = JSON.stringify({ data: rows });
    const words = ['endpoint', 'invoke', 'mlops-aci', '-d', body, '-w', workspace];
    const invoked = JSON.parse((await ridgeline(words)).stdout);
    expect(invoked.result).toHaveLength(1);

    const { primaryKey } = await json('endpoint', 'keys', 'mlops-aci');
    const called = await fetch(`${server.url}/api/v1/service/mlops-aci/score`, {
      method: 'POST',
      headers: { authorization: `Bearer ${primaryKey}`, 'content-type': 'application/json' },
      body,
    });
    expect(await called.json()).toEqual(invoked);
  });
});

describe('the second life', () => {
  let second: Ended;

  beforeAll(async () => {
    second = await live();
  }, 2 * minutes);

  test('finds the same model not better, says both numbers, and does not fail', () => {
    expect(second).toMatchObject({ exitCode: 0 });
    const summary = summaryOf(second);
    expect(summary).toMatchObject({ verdict: 'not_better', model: { name: model, version: '1' } });
    expect(summary.metricValue).toBe(summary.productionValue);
    expect(second.stderr).toMatch(/✓ Training .*not better.*build 4 says so, and ends as failed/);
    expect(summary.rowsScored).toBe(442);
  });

  test('takes the training over from the first, and compares anew', async () => {
    const server = await startServer(workspace);
    const { stdout } = await ridgeline(['job', 'list', '-w', workspace, '--json']);
    await server.stop();
    const jobs: { steps: { name: string; decision: string }[] }[] = JSON.parse(stdout);
    const training = jobs.find(({ steps }) => steps.length === 3);
    const decisions = training?.steps.map(({ name, decision }) => [name, decision?.slice(0, 14)]);
    expect(decisions?.slice(0, 2)).toEqual([
      ['train', 'reused because'],
      ['evaluate', 'ran because it'],
    ]);
  });
});
