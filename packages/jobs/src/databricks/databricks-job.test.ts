// A whole job on a Databricks compute, through the engine: against the stand-in.
import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkspace, userSecretName, type Workspace } from '@ridgeline/workspace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { JobEngine } from '../engine/job-engine.ts';
import { DatabricksStandIn } from '../test/databricks-stand-in.ts';
import { until } from '../test/until.ts';
import { DatabricksRunner } from './databricks-runner.ts';

let folder: string;
let standIn: DatabricksStandIn;
let workspace: Workspace;
let engine: JobEngine;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'databricks-job-'));
  standIn = await DatabricksStandIn.start(folder);
  await open();
  await workspace.secrets.set(userSecretName('databricks-token'), standIn.token);
  await workspace.computes.getOrCreate({
    name: 'databricks',
    kind: 'databricks',
    properties: {
      workspaceUrl: standIn.url,
      clusterId: standIn.clusterId,
      secretName: 'databricks-token',
    },
  });
});
afterEach(async () => {
  await engine.stop();
  await workspace.close();
  await standIn.stop();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<void> {
  workspace = await openWorkspace({ folder: path.join(folder, 'workspace') });
  const { secrets } = workspace;
  engine = await JobEngine.open(workspace, {
    trackingUrl: () => 'http://127.0.0.1:9',
    runners: { databricks: new DatabricksRunner({ secrets, pollMs: 20, retryDelayMs: 1 }) },
    onInternalError: (_jobId, error) => {
      throw error;
    },
  });
  await engine.start();
}

function submit(definition: string) {
  return engine.submit({ definition, fileName: 'job.yml', code: {}, uploads: {}, inputs: {} });
}

function hasPython(): boolean {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const pipeline = `
type: pipeline
settings: {default_compute: azureml:databricks}
jobs:
  train:
    command: echo trained > \${{outputs.model}}/note
    outputs: {model: {type: uri_folder}}
  use:
    command: cat \${{inputs.model}}/note
    inputs: {model: "\${{parent.jobs.train.outputs.model}}"}
`;

describe.skipIf(!hasPython())(
  hasPython()
    ? 'a job'
    : 'a job (skipped: this machine has no python3, which stands for a cluster)',
  () => {
    test('passes what one step has written to the next', async () => {
      const { id } = await submit(pipeline);
      const job = await engine.waitFor(id);
      expect(job).toMatchObject({ status: 'Completed', error: null });
      expect(standIn.runs.size).toBe(2);
      const runId = job.steps[0]?.runId ?? '';
      const note = await workspace.artifacts.localPath(runId, 'outputs/model/note');
      expect(await readFile(note, 'utf8')).toBe('trained\n');
    });

    test('that fails says what the command has said', async () => {
      const { id } = await submit(
        '{command: echo the reason; exit 4, compute: azureml:databricks}',
      );
      const job = await engine.waitFor(id);
      expect(job).toMatchObject({ status: 'Failed', steps: [{ exitCode: 4 }] });
      expect(job.error?.message).toContain('the reason');
    });
  },
);

test('a job that is cancelled cancels its run', async () => {
  standIn.behave = async () => {};
  const { id } = await submit('{command: sleep 1000, compute: azureml:databricks}');
  await until('it is submitted', () => standIn.runs.size === 1);
  await engine.cancel(id);
  expect(await engine.waitFor(id)).toMatchObject({ status: 'Canceled' });
  expect([...standIn.runs.values()][0]?.state.result_state).toBe('CANCELED');
});

test('a cluster that is not there fails the step, and says which', async () => {
  await workspace.computes.update('databricks', {
    properties: {
      workspaceUrl: standIn.url,
      clusterId: 'gone',
      secretName: 'databricks-token',
    },
  });
  const { id } = await submit('{command: "true", compute: azureml:databricks}');
  const job = await engine.waitFor(id);
  expect(job.error?.message).toContain('Cluster gone does not exist');
});
