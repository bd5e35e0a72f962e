import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ApiError, type MlflowModelVersion, type NewModelVersion } from '@ridgeline/client';
import { matrixFromRows, Ridge } from '@ridgeline/learn';
import { saveModel } from '@ridgeline/learn/model-folder';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeReport } from '../evaluate/evaluation-report.ts';
import { testRuns, verdictOf } from '../shared/test-run.ts';
import type { Models } from './register-model.ts';
import { registerStep } from './register-step.ts';

const artifactPath = 'outputs/m';
const report = {
  decision: 'better',
  metric: 'mse',
  newValue: 1,
  productionValue: 2,
  reason: 'better',
} as const;

let folder: string;
let printed: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'register-'));
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line) => void printed.push(line));
  await writeReport(path.join(folder, 'evaluation'), report);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function saveTrainedModel(runId: string | null): Promise<void> {
  const model = new Ridge().fit(matrixFromRows([[1], [2], [3]]), [1, 2, 3]);
  const origin = runId === null ? {} : { runId, artifactPath };
  const columns = { columnNames: ['A'], targetName: 'Y' };
  await saveModel(path.join(folder, 'model'), { model, ...columns, ...origin });
}

/** A registry in memory; a version is found by the tags that it was given. */
function registry(failures: readonly Error[] = []) {
  const versions: MlflowModelVersion[] = [];
  const pending = [...failures];
  const models: Models = {
    getOrCreate: async (name) => ({ name, creation_timestamp: 0 }),
    latestVersion: async (_, tags = {}) => {
      const asked = Object.entries(tags);
      const fits = ({ tags: given = [] }: MlflowModelVersion) =>
        asked.every(([key, value]) => given.some((tag) => tag.key === key && tag.value === value));
      return versions.findLast(fits) ?? null;
    },
    createVersion: async ({ name, source, description = '', tags = {} }: NewModelVersion) => {
      const version = String(versions.length + 1);
      const pairs = Object.entries(tags).map(([key, value]) => ({ key, value }));
      const times = { creation_timestamp: 0, status: 'READY' } as const;
      versions.push({ name, version, source, description, tags: pairs, ...times });
      const failure = pending.shift();
      if (failure !== undefined) throw failure;
      return versions[versions.length - 1] as MlflowModelVersion;
    },
  };
  return { models, versions };
}

const lost = () => new ApiError({ code: 'CONNECTION_LOST', status: 502, message: 'lost' });

async function register({ models }: { readonly models: Models }, runs = testRuns()) {
  await runs.pipelineRun.logMetric('mse', 1);
  const flags = {
    ...{ model_name: 'm', step_input: path.join(folder, 'model') },
    evaluation_input: path.join(folder, 'evaluation'),
  };
  await registerStep(flags, { run: runs.run, models, parameters: { tags: ['mse', 'none'] } });
  return runs;
}

function tagsOf(version: MlflowModelVersion | undefined) {
  return Object.fromEntries((version?.tags ?? []).map(({ key, value }) => [key, value]));
}

describe('the register step', () => {
  it('registers the artifact of the run that trained the model, with its tags', async () => {
    await saveTrainedModel('train-run');
    const store = registry();
    const runs = await register(store);
    expect(store.versions[0]?.source).toBe('runs:/train-run/outputs/m');
    expect(tagsOf(store.versions[0])).toEqual({
      ...{ area: 'diabetes_regression', run_id: 'pipeline-run', experiment_name: 'mlopspython' },
      mse: '1',
    });
    expect(printed).toContain('Could not find none metric on parent run.');
    expect(printed).toContain('BuildId tag not found on parent run.');
    expect(printed).toContain('Model is not registered for this run.');
    expect(printed.at(-1)).toBe(
      'Model registered: m \nModel Description: Trained by run pipeline-run of mlopspython \n' +
        'Model Version: 1',
    );
    expect(await verdictOf(runs.run)).toEqual({
      ...{ outcome: 'registered', metric: 'mse', newValue: 1, productionValue: 2 },
      ...{ model: { name: 'm', version: '1' }, reason: 'better' },
    });
  });

  it('takes over the build and the data of the pipeline run', async () => {
    await saveTrainedModel('train-run');
    const store = registry();
    const runs = testRuns();
    const origin = { BuildId: '7', BuildUri: 'https://builds/7', dataset_id: 'data:3' };
    await runs.pipelineRun.setTags({ ...origin, other: 'x' });
    await register(store, runs);
    expect(tagsOf(store.versions[0])).toMatchObject(origin);
    expect(tagsOf(store.versions[0])).not.toHaveProperty('other');
    expect(printed).not.toContain('BuildId tag not found on parent run.');
  });

  it('repeated for the same pipeline run registers nothing more', async () => {
    await saveTrainedModel('train-run');
    const store = registry();
    await register(store);
    const runs = await register(store);
    expect(store.versions).toHaveLength(1);
    expect(printed.filter((line) => line.endsWith('is already registered.'))).toHaveLength(1);
    expect(await verdictOf(runs.run)).toMatchObject({
      outcome: 'registered',
      model: { version: '1' },
    });
  });

  it('finds the version that a lost server had registered before it was lost', async () => {
    await saveTrainedModel('train-run');
    const store = registry([lost()]);
    await register(store);
    expect(store.versions).toHaveLength(1);
  });

  it('fails aloud on any other error', async () => {
    await saveTrainedModel('train-run');
    const refused = new ApiError({ code: 'PERMISSION_DENIED', status: 403, message: 'no right' });
    await expect(register(registry([refused]))).rejects.toBe(refused);
    expect(printed).toContain('Model registration failed');
  });

  it('without a model skips the registration and says so in the verdict', async () => {
    const store = registry();
    const runs = await register(store);
    expect(store.versions).toEqual([]);
    expect(printed).toContain('Model not found. Skipping model registration.');
    expect(await verdictOf(runs.run)).toMatchObject({ outcome: 'failed', model: null });
  });

  it('refuses a model that was trained outside a run', async () => {
    await saveTrainedModel(null);
    await expect(register(registry())).rejects.toMatchObject({ code: 'MODEL_HAS_NO_RUN' });
  });
});
