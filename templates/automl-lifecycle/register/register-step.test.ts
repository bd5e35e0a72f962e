import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  ApiError,
  type Endpoint,
  type EndpointSpec,
  type MlflowModelVersion,
  OfflineRun,
  verdictTag,
} from '@ridgeline/client';
import { matrixFromRows, Ridge } from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Endpoints } from '../deployment/deploy-service.ts';
import type { Models } from './register-model.ts';
import { registerStep } from './register-step.ts';

let folder: string;
let printed: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'register-'));
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  await writeFile(
    metricsFile(),
    JSON.stringify({ first: { r2_score: [0.5] }, second: { r2_score: [0.7] } }),
  );
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

const metricsFile = () => path.join(folder, 'metrics.json');

async function keepModel(runId: string | null): Promise<void> {
  const model = new Ridge().fit(matrixFromRows([[1], [2], [3]]), [1, 2, 3]);
  const origin = runId === null ? {} : { runId, artifactPath: 'outputs/best_model' };
  const columns = { columnNames: ['A'], targetName: 'Y' };
  await saveModel(path.join(folder, 'model'), { model, ...columns, ...origin });
}

/** A registry in memory. */
function registry() {
  const versions: MlflowModelVersion[] = [];
  const models: Models = {
    getOrCreate: async (name) => ({ name, creation_timestamp: 0 }),
    latestVersion: async (_, tags = {}) =>
      versions.findLast(({ tags: given = [] }) =>
        Object.entries(tags).every(([key, value]) =>
          given.some((tag) => tag.key === key && tag.value === value),
        ),
      ) ?? null,
    createVersion: async ({ name, source, tags = {} }) => {
      const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
      const version = String(versions.length + 1);
      versions.push({ name, version, source, tags: pairs, creation_timestamp: 0, status: 'READY' });
      return versions.at(-1) as MlflowModelVersion;
    },
  };
  return { models, versions };
}

/** Services in memory that become what they are asked to be. */
function services(state: Endpoint['provisioningState'] = 'Succeeded') {
  const specs: EndpointSpec[] = [];
  const endpoint = () =>
    ({ scoringUri: 'http://here/score', provisioningState: state, error: null }) as Endpoint;
  const endpoints: Endpoints = {
    get: async () => {
      if (specs.length > 0) return endpoint();
      throw new ApiError({ code: 'ENDPOINT_NOT_FOUND', status: 404, message: 'none' });
    },
    put: async (_, spec) => {
      specs.push(spec);
      return endpoint();
    },
    wait: async () => endpoint(),
  };
  return { endpoints, specs };
}

function stepRun() {
  const make = (id: string, parent: OfflineRun | null) =>
    Object.assign(new OfflineRun(() => {}), { id, parent, experimentName: 'cycle' });
  const pipelineRun = make('pipeline-run', null);
  return { pipelineRun, run: make('step-run', pipelineRun) };
}

const flags = () => ({
  ...{ model_name: 'automlmodel', primary_metric: 'r2_score', aciservice_name: 'aciservice' },
  ...{ metrics_data: metricsFile(), best_model: path.join(folder, 'model') },
});

describe('the step register_model', () => {
  it('prints what it was given and what it chose, registers, and makes the service', async () => {
    await keepModel('search-run');
    const { pipelineRun, run } = stepRun();
    await pipelineRun.setTag('dataset_id', 'machineData:3');
    const [registered, served] = [registry(), services()];
    await registerStep(flags(), { run, ...registered, ...served });
    expect(printed).toEqual([
      'model_name: automlmodel',
      `metrics_data: ${metricsFile()}`,
      `best_model: ${path.join(folder, 'model')}`,
      'primary_metric: r2_score',
      'aciservice_name: aciservice',
      'best_runid: second',
      'Model is not registered for this run.',
      'Registered version 1 of model automlmodel',
      'Creating a new service.',
      'aciservice: Succeeded at http://here/score',
    ]);
    expect(registered.versions[0]?.source).toBe('runs:/search-run/outputs/best_model');
    expect(registered.versions[0]?.tags).toEqual(
      expect.arrayContaining([
        { key: 'r2_score', value: '0.7' },
        { key: 'primary_metric', value: 'r2_score' },
        { key: 'run_id', value: 'pipeline-run' },
        { key: 'dataset_id', value: 'machineData:3' },
      ]),
    );
    expect(served.specs).toMatchObject([{ model: 'automlmodel:1' }]);
    expect(JSON.parse((await run.getTags()).get(verdictTag) ?? '')).toMatchObject({
      outcome: 'registered',
      metric: 'r2_score',
      newValue: 0.7,
    });
  });

  it('updates the service that is there', async () => {
    await keepModel('search-run');
    const [registered, served] = [registry(), services()];
    await registerStep(flags(), { run: stepRun().run, ...registered, ...served });
    await registerStep(flags(), { run: stepRun().run, ...registered, ...served });
    expect(printed).toContain('Found existing service, update it.');
    expect(served.specs).toHaveLength(2);
  });

  it('fails with the service that does not get ready', async () => {
    await keepModel('search-run');
    const context = { run: stepRun().run, ...registry(), ...services('Failed') };
    await expect(registerStep(flags(), context)).rejects.toMatchObject({
      code: 'SERVICE_NOT_READY',
    });
  });

  it('refuses a model that nothing keeps', async () => {
    await keepModel(null);
    const registered = registry();
    const context = { run: stepRun().run, ...registered, ...services() };
    await expect(registerStep(flags(), context)).rejects.toMatchObject({
      code: 'MODEL_HAS_NO_RUN',
    });
    expect(registered.versions).toEqual([]);
  });
});
