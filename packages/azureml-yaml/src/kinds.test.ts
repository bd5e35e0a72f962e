// The files that are no jobs: one of each kind, read whole.
import { describe, expect, it } from 'vitest';
import {
  detectKind,
  parseComponent,
  parseCompute,
  parseDataAsset,
  parseDatastore,
  parseEndpoint,
  parseEnvironment,
  parseModel,
  parseSchedule,
} from './index.ts';
import { componentsOf, corpusComponents, fixture } from './testing.fixture.ts';

const options = { fileName: 'file.yml' };

describe('a model', () => {
  it('is read whole', () => {
    expect(parseModel(fixture('model.yml'), options)).toEqual({
      model: {
        name: 'diabetes_model',
        version: '1.10',
        type: 'mlflow_model',
        path: 'runs:/0123456789abcdef/model',
        description: 'Predicts how the disease goes on',
        tags: new Map([['area', 'diabetes']]),
        properties: new Map([['r2', '0.44']]),
        stage: 'Production',
      },
      diagnostics: [],
    });
  });

  it.each([
    ['./model', true],
    ['azureml://datastores/a/paths/model', true],
    ['azureml://jobs/7/outputs/artifacts/paths/model', true],
    ['runs:/7/model', true],
    ['azureml:model:1', false],
    ['s3://bucket/model', false],
  ])('can be taken from %s: %s', (path, good) => {
    const { model } = parseModel(`name: a\npath: ${path}`, options);
    expect(model !== null).toBe(good);
  });
});

describe('an environment', () => {
  it('holds its conda file as plain data', () => {
    const { environment, diagnostics } = parseEnvironment(fixture('environment.yml'), options);
    expect(diagnostics).toEqual([]);
    expect(environment).toMatchObject({ name: 'sklearn', version: '2', build: null });
    expect(environment?.condaFile).toEqual({
      kind: 'inline',
      data: {
        name: 'sklearn',
        channels: ['conda-forge'],
        dependencies: ['python=3.12', { pip: ['scikit-learn==1.5.0'] }],
      },
    });
  });

  it('or names it, or what an image is built from', () => {
    const text = 'name: a\nconda_file: ./conda.yml';
    expect(parseEnvironment(text, options).environment?.condaFile).toEqual({
      kind: 'file',
      path: './conda.yml',
    });
    const built = 'name: a\nbuild: {path: ./docker, dockerfile_path: My.Dockerfile}';
    expect(parseEnvironment(built, options).environment?.build).toEqual({
      path: './docker',
      dockerfilePath: 'My.Dockerfile',
    });
  });

  it('keeps a key that objects have of themselves as a key', () => {
    const text = 'name: a\nconda_file: {__proto__: {polluted: true}}';
    const data = parseEnvironment(text, options).environment?.condaFile;
    expect(data?.kind === 'inline' && Object.keys(data.data)).toEqual(['__proto__']);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('a compute', () => {
  it('is read whole', () => {
    expect(parseCompute(fixture('compute.yml'), options)).toEqual({
      compute: {
        name: 'cpu-cluster',
        type: 'amlcompute',
        description: null,
        tags: new Map([['team', 'data']]),
        properties: new Map(),
        size: 'Standard_DS3_v2',
        tier: 'low_priority',
        minInstances: 1,
        maxInstances: 3,
        idleSeconds: 300,
        workspaceUrl: null,
        resourceId: null,
      },
      diagnostics: [],
    });
  });

  it.each([
    ['name: a', { type: 'amlcompute', minInstances: 0, maxInstances: 4, idleSeconds: 120 }],
    ['name: a\nmin_instances: 6', { minInstances: 6, maxInstances: 6 }],
    ['name: a\ntype: computeinstance\nsize: x', { type: 'computeinstance', maxInstances: 1 }],
    ['name: a\ntype: kubernetes\nnamespace: b\nresource_id: c', { resourceId: 'c' }],
    [
      'name: a\ntype: databricks\nworkspace_url: https://adb-1.2.azuredatabricks.net',
      { type: 'databricks', workspaceUrl: 'https://adb-1.2.azuredatabricks.net' },
    ],
  ])('%j', (text, expected) => {
    expect(parseCompute(text, options).compute).toMatchObject(expected);
  });
});

describe('a datastore', () => {
  it('is read whole', () => {
    expect(parseDatastore(fixture('datastore.yml'), options).datastore).toEqual({
      name: 'raw_data',
      type: 'azure_blob',
      description: 'Where the tables come from',
      tags: new Map(),
      accountName: 'account',
      containerName: 'tables',
      endpoint: null,
      protocol: 'https',
      path: null,
      credentials: new Map([['sas_token', '?sv=1']]),
    });
  });

  it.each([
    ['azure_file', 'account_name: a\nfile_share_name: share', 'share'],
    ['azure_data_lake_gen2', 'account_name: a\nfilesystem: files', 'files'],
    ['azure_data_lake_gen1', 'store_name: store', 'store'],
  ])('of type %s', (type, rest, container) => {
    const { datastore } = parseDatastore(`name: a\ntype: ${type}\n${rest}`, options);
    expect(datastore).toMatchObject({ type, containerName: container });
  });

  it('may be a folder of the machine', () => {
    const { datastore } = parseDatastore('name: a\ntype: local\npath: /srv/data', options);
    expect(datastore).toMatchObject({ type: 'local', path: '/srv/data' });
  });

  it('never shows a credential', () => {
    const text =
      'name: a\ntype: azure_blob\naccount_name: a\ncredentials: {account_key: "hush\\0hush"}';
    const shown = JSON.stringify(parseDatastore(text, options).diagnostics);
    expect(shown).not.toContain('hush');
  });
});

describe('a data asset', () => {
  it('may be a table', () => {
    const { dataAsset } = parseDataAsset('name: a\ntype: mltable\npath: ./table', options);
    expect(dataAsset).toMatchObject({ type: 'mltable' });
  });
});

describe('an endpoint', () => {
  it('is read whole', () => {
    expect(parseEndpoint(fixture('endpoint.yml'), options)).toEqual({
      endpoint: {
        name: 'diabetes-endpoint',
        description: null,
        tags: new Map([['area', 'diabetes']]),
        properties: new Map(),
        traffic: new Map([
          ['blue', 90],
          ['green', 10],
        ]),
      },
      diagnostics: [],
    });
  });
});

describe('a component', () => {
  it('is read whole', () => {
    const { component, diagnostics } = parseComponent(fixture('components/prepare.yml'), options);
    expect(diagnostics).toEqual([]);
    expect(component).toMatchObject({
      name: 'prepare',
      version: '3',
      type: 'command',
      displayName: 'Prepare data',
      isDeterministic: false,
      code: ['./src'],
    });
    expect(component?.inputs.get('rows')).toMatchObject({ optional: true, maximum: 1000 });
    expect(component?.outputs.get('table')).toMatchObject({ type: 'uri_folder' });
  });

  it('tells the code of the components in it', () => {
    const text = fixture('components/nested/turn.yml').replaceAll('../', './');
    const components = componentsOf({ './prepare.yml': fixture('components/prepare.yml') });
    const { component } = parseComponent(text, { ...options, components });
    expect(component).toMatchObject({ type: 'pipeline', code: ['./src', './code'] });
    expect(parseComponent(text, options).missingComponents).toEqual(['./prepare.yml']);
  });
});

describe('a schedule', () => {
  it('says settings and tags over those of its job', () => {
    const text = `
name: nightly
trigger: {type: cron, expression: 0 6 * * *}
create_job:
  job: ./job.yml
  settings: {default_compute: azureml:cpu, continue_on_step_failure: true, force_rerun: false}
  tags: {by: clock}
`;
    expect(parseSchedule(text, options).schedule).toMatchObject({
      settings: { defaultCompute: 'cpu', continueOnStepFailure: true, forceRerun: false },
      jobTags: new Map([['by', 'clock']]),
    });
  });

  it('is read whole', () => {
    expect(parseSchedule(fixture('schedule.yml'), options)).toEqual({
      schedule: {
        name: 'nightly-training',
        displayName: 'Nightly training',
        description: 'Each weekday',
        tags: new Map([['team', 'data']]),
        trigger: {
          type: 'recurrence',
          frequency: 'week',
          interval: 1,
          startTime: '2026-07-01T08:00:00',
          endTime: '2026-12-31',
          timeZone: 'Pacific Standard Time',
          pattern: {
            hours: [6, 18],
            minutes: [30],
            weekDays: ['monday', 'tuesday'],
            monthDays: [],
          },
        },
        job: { kind: 'file', path: './training-pipeline.yml' },
        inputs: new Map<string, unknown>([
          ['alpha', 0.7],
          ['training_data', 'azureml:diabetes:3'],
        ]),
        experimentName: 'nightly',
        settings: { defaultCompute: null, continueOnStepFailure: null, forceRerun: null },
        jobTags: new Map(),
      },
      diagnostics: [],
      missingComponents: [],
    });
  });

  const scheduled = (job: string) =>
    parseSchedule(
      `name: a\ntrigger: {type: cron, expression: "15 6 * * 1-5"}\ncreate_job: ${job}`,
      { ...options, components: corpusComponents },
    );

  it.each([
    ['./job.yml', { kind: 'file', path: './job.yml' }],
    ['file:job.yml', { kind: 'file', path: 'job.yml' }],
    ['azureml:earlier_job', { kind: 'registered', reference: 'azureml:earlier_job' }],
    ['{job: azureml:earlier, type: pipeline}', { kind: 'registered' }],
  ])('starts %s', (job, expected) => {
    const { schedule } = scheduled(job);
    expect(schedule?.job).toMatchObject(expected);
    expect(schedule?.trigger).toMatchObject({ type: 'cron', timeZone: 'UTC', startTime: null });
  });

  it('holds a job of its own as a text of its own, checked where it stands', () => {
    const { schedule } = scheduled('{type: command, command: "echo: #1", tags: {a: "1"}}');
    expect(schedule?.job).toEqual({
      kind: 'inline',
      text: 'type: command\ncommand: "echo: #1"\ntags:\n  a: "1"\n',
    });
    const mistaken = scheduled('{type: command, comand: echo}');
    expect(mistaken.diagnostics).toMatchObject([
      { code: 'KEY_MISSING', line: 3 },
      { code: 'KEY_UNKNOWN', line: 3, column: 29 },
    ]);
  });
});

describe('the kind of a file', () => {
  const schema = (name: string) =>
    `$schema: https://azuremlschemas.azureedge.net/latest/${name}.schema.json\n`;

  it.each([
    [fixture('composite-pipeline.yml'), 'job'],
    [fixture('components/prepare.yml'), 'component'],
    [fixture('components/nested/turn.yml'), 'component'],
    [fixture('model.yml'), 'model'],
    [fixture('environment.yml'), 'environment'],
    [fixture('compute.yml'), 'compute'],
    [fixture('datastore.yml'), 'datastore'],
    [fixture('schedule.yml'), 'schedule'],
    [fixture('endpoint.yml'), 'endpoint'],
    ['type: sweep', 'job'],
    ['type: automl', 'job'],
    ['type: command\nname: a\nversion: 1\ncommand: b', 'component'],
    ['command: b\nis_deterministic: false', 'component'],
    ['type: pipeline\nsettings: {}\njobs: {}', 'job'],
    ['type: mlflow_model\nname: a', 'model'],
    ['type: AmlCompute\nname: a', 'compute'],
    ['type: databricks\nname: a', 'compute'],
    ['type: azure_file', 'datastore'],
    ['type: kubernetes\nendpoint_name: a', 'deployment'],
    ['type: kubernetes\nname: a', 'compute'],
    ['name: a\nconda_file: b', 'environment'],
    ['name: a\nimage: b', 'environment'],
    ['name: a\nauth_mode: key', 'endpoint'],
    ['name: a\ntrigger: {}\ncreate_job: b', 'schedule'],
    [schema('pipelineComponent'), 'component'],
    [schema('azureDataLakeGen2'), 'datastore'],
    [schema('workspace'), null],
  ])('%j is %s', (text, kind) => {
    expect(detectKind(text)).toBe(kind);
  });
});
