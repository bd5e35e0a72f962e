// MLflow's own Python client, of the newest version that is known here, against a live server: what
// mlflow_client.py does, and what it has found. And its own search, against the answers of it that
// the tests of `npm test` go by.
import { execFile, execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type RunningServer, startServer } from '@ridgeline/server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { downloadOf, hasProgram, titleOf } from './programs.ts';

const isThere =
  hasProgram('python3', '-c', 'import venv, ensurepip') && hasProgram(...downloadOf('six'));
const needed = 'python3 with venv, and a package registry that pip reaches';
const packages = ['mlflow[auth]==3.17.2', 'scikit-learn==1.9.1'];
const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const cases = here('../../packages/workspace/testdata/mlflow-search/cases.json');

interface Found {
  readonly received: readonly (readonly [Readonly<Record<string, string>>, string])[];
}

describe.skipIf(!isThere)(titleOf("MLflow's Python client", isThere, needed), () => {
  let folder: string;
  let python: string;
  let server: RunningServer;
  let found: Found;

  async function run(script: string, ...args: readonly string[]): Promise<string> {
    const env = {
      ...process.env,
      MLFLOW_TRACKING_URI: server.url,
      MLFLOW_TRACKING_TOKEN: server.token,
      MLFLOW_DISABLE_TELEMETRY: 'true',
      WAIT_FOR_EVENTS: '7',
    };
    const options = { cwd: folder, env, maxBuffer: 2 ** 26 };
    return (await promisify(execFile)(python, [here(script), ...args], options)).stdout;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ridgeline-mlflow-'));
    python = join(folder, 'venv', 'bin', 'python');
    execFileSync('python3', ['-m', 'venv', join(folder, 'venv')]);
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', ...packages]);
    server = await startServer({
      folder: join(folder, 'workspace'),
      port: 0,
      allowPrivateWebhooks: true,
    });
    found = JSON.parse((await run('mlflow_client.py')).trim().split('\n').at(-1) ?? '');
  }, 900_000);
  afterAll(async () => {
    await server?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('autologging of scikit-learn gives a run, its metrics, and a model that loads', () => {
    expect(found).toMatchObject({
      autolog: {
        alpha: '0.5',
        metrics: expect.arrayContaining(['training_r2_score']),
        outputs: true,
        status: 'READY',
        'alpha of the model': '0.5',
        loaded: true,
        files: expect.arrayContaining(['MLmodel', 'requirements.txt']),
      },
    });
  });

  test('logged models have params, tags, metrics and data, and are found by them', () => {
    expect(found).toMatchObject({
      'logged models': {
        status: 'READY',
        params: { depth: '3' },
        team: 'a',
        stage: 'tried',
        gone: null,
        metrics: [
          ['rmse', 3.5, 0, 'diabetes'],
          ['rmse', 2.5, 1, 'diabetes'],
        ],
        'by metric': ['external'],
        'by metric, not': [],
        'by data': ['external'],
        'by other data': [],
        'by param': ['external'],
        ordered: 'external',
        'inputs of the run': true,
      },
    });
  });

  test('runs are found by their datasets, by lists and by what they lack', () => {
    expect(found).toMatchObject({
      search: {
        'dataset.name': 1,
        'dataset.context': true,
        'dataset.digest': 1,
        run_id: 1,
        null: true,
        experiments: ['interop'],
        pages: true,
      },
    });
  });

  test('permissions on an experiment are granted, told, held to and revoked', () => {
    expect(found).toMatchObject({
      permissions: {
        person: ['interop-person', false],
        before: [true, 'EDIT'],
        granted: [false, 'READ'],
        twice: 'RESOURCE_ALREADY_EXISTS',
        looking: 'held',
        writing: 'PERMISSION_DENIED',
        denied: 'PERMISSION_DENIED',
        revoked: [true, 'EDIT'],
        'none to revoke': 'RESOURCE_DOES_NOT_EXIST',
      },
    });
  });

  test('a logged model is registered, aliased, staged, copied, loaded and downloaded', () => {
    expect(found).toMatchObject({
      registry: {
        tested: [true, 200],
        version: '1',
        run: true,
        champion: '1',
        stage: ['Production'],
        copied: ['interop-copy', '1'],
        predictions: 5,
        downloaded: true,
      },
      hooks: [['ci', 'DISABLED']],
    });
  });

  test('artifacts and histories come back as they were logged', () => {
    expect(found).toMatchObject({
      artifacts: { files: ['notes/a b.txt', 'notes/d.json'], text: 'a note', large: true },
      history: [30, 2.9],
    });
  });

  test('webhooks are told in order, each signed by the secret', () => {
    const events = found.received.map(([, body]) => {
      const { entity, action } = JSON.parse(body);
      return `${entity}.${action}`;
    });
    expect(events).toEqual([
      // The test of the webhook, by its first event.
      'model_version.created',
      'registered_model.created',
      'model_version.created',
      'model_version_tag.set',
      'model_version_alias.created',
      'registered_model.created',
      'model_version.created',
    ]);
    for (const [headers, body] of found.received) {
      const id = headers['X-MLflow-Delivery-Id'];
      const signed = `${id}.${headers['X-MLflow-Timestamp']}.${body}`;
      const digest = createHmac('sha256', 'whisper').update(signed).digest('base64');
      expect(headers['X-MLflow-Signature']).toBe(`v1,${digest}`);
    }
  });

  test('its own store still answers the searches as they are recorded', async () => {
    const recorded: unknown = JSON.parse(await readFile(cases, 'utf8'));
    expect(JSON.parse(await run('record_search.py', cases))).toEqual(recorded);
  }, 300_000);
});
