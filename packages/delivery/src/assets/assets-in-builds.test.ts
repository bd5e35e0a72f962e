// Variable groups and service connections as builds meet them: real repositories, real steps.
import { access } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BuildLab } from '../builds/test/build-lab.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});

afterEach(() => lab.dispose());

const group = 'devopsforai-aml-vg';

describe('a variable group in a build', () => {
  test('gives its values; a secret is masked, and exported only where it is mapped (V6)', async () => {
    const { assets } = await lab.open();
    const variables = {
      BASE_NAME: { value: 'diabetes' },
      KEY: { value: 'hunter2-hunter2', isSecret: true },
    };
    await assets.groups.create({ name: group, variables, pipelines: ['ci'] });
    const build = await lab.run(`
variables: [{ group: ${group} }]
steps:
- bash: 'echo "name $(BASE_NAME) $BASE_NAME, unmapped [$KEY], mapped \${#MAPPED} $(KEY)"'
  displayName: show
  env: { MAPPED: $(KEY) }
`);
    expect(build.result).toBe('succeeded');
    const log = (await lab.logOf(build, 'show')).join('\n');
    expect(log).toContain('name diabetes diabetes, unmapped [], mapped 15 ***');
    expect(JSON.stringify(build) + log).not.toContain('hunter2');
  });

  test('that is missing, or that others may use, fails before any job', async () => {
    const { assets, engine } = await lab.open();
    await lab.define(`
variables: [{ group: ${group} }]
steps: [{ bash: echo x }]
`);
    const queued = () => engine.queue({ pipeline: 'ci', requestedBy: 'ada' });
    await expect(queued()).rejects.toMatchObject({ code: 'VARIABLE_GROUP_NOT_FOUND' });
    await assets.groups.create({ name: group, pipelines: ['cd'] });
    await expect(queued()).rejects.toMatchObject({ code: 'VARIABLE_GROUP_NOT_PERMITTED' });
    expect(await engine.builds.list()).toEqual([]);
    await engine.pipelines.update('ci', { name: 'CD-renamed' });
    await assets.groups.update(group, { pipelines: ['cd-RENAMED'] });
    await engine.pipelines.update('CD-renamed', { name: 'ci' });
    expect((await assets.groups.get(group)).pipelines).toEqual(['ci']);
    expect((await engine.waitFor((await queued()).id)).result).toBe('succeeded');
  });
});

describe('a service connection that a pipeline names (I1)', () => {
  const yaml = `
variables: [{ group: ${group} }]
stages:
- stage: Deploy
  jobs:
  - job: azure
    steps:
    - task: AzureCLI@2
      inputs:
        azureSubscription: $(AZURE_RM_SVC_CONNECTION)
        scriptType: bash
        scriptLocation: inlineScript
        inlineScript: echo x
- stage: Later
  condition: false
  variables: { OWN: other }
  jobs:
  - job: docker
    steps:
    - { task: Docker@2, inputs: { command: login, containerRegistry: mlops-acr } }
    - { task: Docker@2, inputs: { command: login, containerRegistry: $(OWN) } }
    - { task: Docker@2, inputs: { command: login, containerRegistry: $(not-known) } }
`;

  test('and that is missing or not permitted fails before any job, by name and place', async () => {
    const { assets, engine } = await lab.open();
    const variables = { AZURE_RM_SVC_CONNECTION: { value: 'azure-resource-connection' } };
    await assets.groups.create({ name: group, variables, allowAllPipelines: true });
    await lab.define(yaml);
    const error = await engine.queue({ pipeline: 'ci', requestedBy: 'ada' }).catch((why) => why);
    expect(error).toMatchObject({ code: 'SERVICE_CONNECTION_NOT_FOUND', status: 404 });
    expect(error.message.split('\n')).toEqual([
      expect.stringMatching(/azure-pipelines.yml:10:\d+: .*'azure-resource-connection'/),
      expect.stringMatching(/azure-pipelines.yml:20:\d+: .*'mlops-acr'/),
    ]);
    expect(await engine.builds.list()).toEqual([]);
    const none = { scheme: 'None', allowAllPipelines: true } as const;
    await assets.connections.create({
      name: 'azure-resource-connection',
      type: 'azurerm',
      ...none,
    });
    const acr = { name: 'mlops-acr', type: 'generic' } as const;
    await assets.connections.create(acr);
    const second = await engine.queue({ pipeline: 'ci', requestedBy: 'ada' }).catch((why) => why);
    expect(second).toMatchObject({ code: 'SERVICE_CONNECTION_NOT_PERMITTED', status: 403 });
    expect(second.message).toContain("service-connection update 'mlops-acr' --allow-pipeline 'ci'");
    await assets.connections.update('mlops-acr', { pipelines: ['ci'] });
    const { id } = await engine.queue({ pipeline: 'ci', requestedBy: 'ada' });
    await engine.waitFor(id);
  });
});

describe('a secure file in a build', () => {
  const download = (secureFile: string) => `
steps:
- bash: 'test -f "$(key.secureFilePath)" && cat "$(key.secureFilePath)" && stat -c %a "$(key.secureFilePath)"'
  displayName: show
- bash: |
    echo "$(key.secureFilePath)" > "${lab.file('place')}"
- task: DownloadSecureFile@1
  name: key
  inputs: { secureFile: ${secureFile} }
- bash: 'exit 1'
`;
  const content = async function* () {
    yield Buffer.from('the signing key\n');
  };

  test('is there for its job, readable by its owner alone, and gone after it', async () => {
    const { assets } = await lab.open();
    await assets.files.create({ name: 'signing.key', pipelines: ['ci'] }, content());
    const build = await lab.run(download('Signing.Key'));
    expect(build.result).toBe('failed');
    expect((await lab.logOf(build, 'show')).join('\n')).toMatch(/the signing key\n600/);
    const place = (await lab.readFile('place')).trim();
    expect(place).toMatch(/Signing\.Key$/);
    await expect(access(place)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('that is missing or not permitted fails before any job, by name and place', async () => {
    const { assets, engine } = await lab.open();
    await assets.files.create({ name: 'signing.key' }, content());
    await lab.define(download('singing.key'));
    const queued = () => engine.queue({ pipeline: 'ci', requestedBy: 'ada' });
    await expect(queued()).rejects.toMatchObject({
      code: 'SECURE_FILE_NOT_FOUND',
      message: expect.stringMatching(/azure-pipelines.yml:9:\d+: .*Did you mean "signing.key"\?/),
    });
    await assets.files.update('signing.key', { name: 'singing.key' });
    await expect(queued()).rejects.toMatchObject({
      code: 'SECURE_FILE_NOT_PERMITTED',
      message: expect.stringContaining("secure-file update 'singing.key' --allow-pipeline 'ci'"),
    });
    expect(await engine.builds.list()).toEqual([]);
  });

  test('that only the run names fails its step, with the name that was meant', async () => {
    const { assets } = await lab.open();
    await assets.files.create({ name: 'signing.key', allowAllPipelines: true }, content());
    const build = await lab.run(`
jobs:
- job: sign
  variables: { NAME: singing.key }
  steps:
  - { task: DownloadSecureFile@1, name: key, inputs: { secureFile: $(NAME) } }
`);
    expect(build.result).toBe('failed');
    expect(JSON.stringify(build)).toContain('Did you mean');
  });
});
