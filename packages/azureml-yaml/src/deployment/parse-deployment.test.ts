import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { detectKind, parseDataAsset, parseDeployment } from '../index.ts';

const testdata = path.join(import.meta.dirname, '..', '..', 'testdata');
const fixture = (name: string) => readFileSync(path.join(testdata, 'valid', name), 'utf8');

describe('a managed online deployment', () => {
  it('is read whole', () => {
    const { deployment, diagnostics } = parseDeployment(fixture('deployment.yml'), {
      fileName: 'f',
    });
    expect(diagnostics).toEqual([]);
    expect(deployment).toEqual({
      name: 'blue',
      endpointName: 'diabetes',
      description: 'The model of record',
      tags: new Map([['area', 'diabetes_regression']]),
      properties: new Map(),
      model: { name: 'diabetes_regression_model', version: null, label: 'latest' },
      codeConfiguration: { code: '../scoring', scoringScript: 'score.ts' },
      environment: 'azureml:ridgeline-node@latest',
      environmentVariables: new Map([['LOG_LEVEL', 'info']]),
      instanceCount: 1,
      instanceType: null,
      requestTimeoutMs: 3000,
    });
  });

  it('is deployed when instance_type has no effect', () => {
    const text = 'name: blue\nendpoint_name: diabetes\nmodel: azureml:m:1\ninstance_type: big\n';
    const { deployment, diagnostics } = parseDeployment(text, { fileName: 'f' });
    expect(deployment).toMatchObject({ instanceType: 'big', model: { name: 'm', version: '1' } });
    expect(diagnostics.map(({ code }) => code)).toEqual(['HAS_NO_EFFECT']);
  });

  it.each(['../score.ts', '/score.ts', 'a/../../b.ts', '..\\score.ts', 'C:\\score.ts'])(
    'refuses the script %s, which leaves its folder',
    (script) => {
      const text = `name: blue\nendpoint_name: diabetes\nmodel: m:1\ncode_configuration: {code: ., scoring_script: '${script}'}`;
      const { deployment, diagnostics } = parseDeployment(text, { fileName: 'f' });
      expect(deployment).toBeNull();
      expect(diagnostics.map(({ code }) => code)).toEqual(['PATH_LEAVES_FOLDER']);
    },
  );
});

describe('a data asset', () => {
  it('is read whole, its version as written', () => {
    const { dataAsset, diagnostics } = parseDataAsset(fixture('data.yml'), { fileName: 'f' });
    expect(diagnostics).toEqual([]);
    expect(dataAsset).toEqual({
      name: 'diabetes',
      version: '1.10',
      type: 'uri_file',
      path: '../data/diabetes.csv',
      description: 'Diabetes training data',
      tags: new Map([['format', 'CSV']]),
      properties: new Map(),
    });
  });

  it('is a folder of no version where nothing else is said', () => {
    const { dataAsset } = parseDataAsset('name: a\npath: b', { fileName: 'f' });
    expect(dataAsset).toMatchObject({ type: 'uri_folder', version: null });
  });
});

describe('the kind of a file', () => {
  const schema = (name: string) =>
    `$schema: https://azuremlschemas.azureedge.net/latest/${name}.schema.json\n`;

  it.each([
    [fixture('training-pipeline.yml'), 'job'],
    [fixture('command-job.yml'), 'job'],
    [fixture('deployment.yml'), 'deployment'],
    [fixture('data.yml'), 'data'],
    [schema('sweepJob'), 'job'],
    [schema('managedOnlineEndpoint'), 'endpoint'],
    [schema('batchEndpoint'), null],
    [`${schema('data')}type: command`, 'data'],
    ['type: pipeline', 'job'],
    ['type: uri_file', 'data'],
    ['type: managed', 'deployment'],
    ['type: something', null],
    ['jobs: {}', 'job'],
    ['command: echo', 'job'],
    ['endpoint_name: a\nmodel: b', 'deployment'],
    ['name: a\npath: b', 'data'],
    ['', null],
    ['- a', null],
    ['a: [', null],
  ])('%j is %s', (text, kind) => {
    expect(detectKind(text)).toBe(kind);
  });
});
