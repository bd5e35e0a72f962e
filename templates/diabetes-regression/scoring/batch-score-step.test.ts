import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { MlflowModelVersion } from '@ridgeline/client';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseModel, fetchModel, type ScoringFlags } from './batch-score-step.ts';

const blank = ' ';
const flags: ScoringFlags = {
  model_name: 'm',
  model_version: blank,
  model_tag_name: blank,
  model_tag_value: blank,
  scoring_data: 'in.csv',
  step_output: 'out.csv',
};

/** A registry of version 1, with the tag area=sales, and version 2. */
const models = {
  getVersion: async (name: string, version: string) => ({ name, version }) as MlflowModelVersion,
  latestVersion: async (name: string, tags: Readonly<Record<string, string>> = {}) => {
    if (name !== 'm' || (tags.area ?? 'sales') !== 'sales') return null;
    return { name, version: 'area' in tags ? '1' : '2' } as MlflowModelVersion;
  },
};
const chosen = async (given: Partial<ScoringFlags>) =>
  (await chooseModel(models, { ...flags, ...given })).version;

describe('the model of batch scoring', () => {
  it('is the latest version where none is named', async () => {
    expect(await chosen({})).toBe('2');
  });

  it('is the version that is named, whatever the tag', async () => {
    expect(await chosen({ model_version: '5' })).toBe('5');
    const tag = { model_tag_name: 'area', model_tag_value: 'sales' };
    expect(await chosen({ model_version: '5', ...tag })).toBe('5');
  });

  it('is the latest version with the tag', async () => {
    expect(await chosen({ model_tag_name: 'area', model_tag_value: 'sales' })).toBe('1');
  });

  it.each([
    [{ model_name: blank }, 'FLAG_MISSING', 'Model name is required'],
    [{ model_tag_name: 'area' }, 'FLAG_MISSING', 'go together'],
    [{ model_tag_value: 'sales' }, 'FLAG_MISSING', 'go together'],
    [{ model_name: 'other' }, 'MODEL_NOT_FOUND', "'other'"],
    [{ model_tag_name: 'area', model_tag_value: 'x' }, 'MODEL_NOT_FOUND', 'the tag area=x'],
  ])('%j is refused', async (given, code, words) => {
    const refused = { code, message: expect.stringContaining(words) };
    await expect(chosen(given)).rejects.toMatchObject(refused);
  });
});

describe('the files of a model', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'fetch-model-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const tree: Readonly<Record<string, readonly string[]>> = {
    'outputs/m': ['outputs/m/MLmodel', 'outputs/m/data/'],
    'outputs/m/data/': ['outputs/m/data/model.json'],
  };
  const artifacts = {
    list: async (_run: string, place = '') =>
      (tree[place] ?? []).map((file) => ({ path: file, is_dir: file.endsWith('/') })),
    download: async (_run: string, _file: string, target: string) => writeFile(target, ''),
  };

  it('come with the folders that they are in', async () => {
    const version = { name: 'm', version: '1', source: 'runs:/r/outputs/m' };
    await fetchModel(artifacts, version, path.join(folder, 'model'));
    const found = await readdir(path.join(folder, 'model'), { recursive: true });
    expect(found.sort()).toEqual(['MLmodel', 'data', 'data/model.json']);
  });

  it('that are with no run are told by their place', async () => {
    const version = { name: 'm', version: '1', source: '/somewhere' };
    await expect(fetchModel(artifacts, version, folder)).rejects.toMatchObject({
      code: 'MODEL_HAS_NO_RUN',
      message: expect.stringContaining('/somewhere'),
    });
  });
});
