import { describe, expect, it } from 'vitest';
import { parseAssetReference } from './asset-reference.ts';
import { dataPathKind } from './data-path.ts';

describe('asset references', () => {
  it.each([
    ['azureml:diabetes:1', 'diabetes', '1', null],
    ['azureml:diabetes@latest', 'diabetes', null, 'latest'],
    ['diabetes:1.10', 'diabetes', '1.10', null],
    ['diabetes@production', 'diabetes', null, 'production'],
    ['diabetes', 'diabetes', null, null],
    ['azureml:model.pkl:2', 'model.pkl', '2', null],
  ])('%s', (text, name, version, label) => {
    expect(parseAssetReference(text)).toEqual({ name, version, label });
  });

  it.each([
    '',
    'azureml:',
    'azureml',
    ':1',
    'a:',
    'a@',
    'a:1@latest',
    'a b:1',
    '../a:1',
    'azureml://datastores/x/paths/y',
    'azureml:a:../b',
    `a${'b'.repeat(300)}:1`,
    'a:1\n',
  ])('%j is none', (text) => {
    expect(() => parseAssetReference(text)).toThrow(
      expect.objectContaining({ code: 'ASSET_REFERENCE_INVALID', status: 400 }),
    );
  });

  it('a reference into Azure is named as such', () => {
    expect(() => parseAssetReference('azureml://registries/r/models/m/versions/1')).toThrow(
      /into Azure/,
    );
  });
});

describe('data paths', () => {
  it.each([
    ['./data.csv', 'local'],
    ['data', 'local'],
    ['/absolute/data', 'local'],
    ['C:\\data', 'local'],
    ['a:b', 'local'],
    ['azureml:diabetes:1', 'asset'],
    ['azureml://datastores/store/paths/a/b.csv', 'datastore'],
    ['azureml://datastores/store', 'remote'],
    ['azureml:diabetes:', 'invalid'],
    ['azureml:/x', 'invalid'],
    ['https://example.org/a', 'remote'],
    ['abfss://a@b/c', 'remote'],
    ['file:///etc/passwd', 'remote'],
  ])('%s is %s', (path, kind) => {
    expect(dataPathKind(path)).toBe(kind);
  });
});
