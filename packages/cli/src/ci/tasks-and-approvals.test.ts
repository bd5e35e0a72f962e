// Tasks of one's own, approvals, findings and what another pipeline has left.
import { describe, expect, test } from 'vitest';
import { Project } from './testing.fixture.ts';

describe('tasks of a folder', () => {
  const task = {
    id: '0d3b0a7e-1111-4222-8333-944455566677',
    name: 'Greet',
    version: { Major: 3, Minor: 1, Patch: 0 },
    inputs: [{ name: 'who', type: 'string', required: true }],
    execution: { Node20_1: { target: 'greet.js' } },
  };
  const project = new Project({
    'azure-pipelines.yml': 'steps:\n- task: Greet@3\n  inputs: { who: Ada }\n',
    'tasks/Greet/task.json': JSON.stringify(task),
    'tasks/Greet/greet.js': 'console.log("Hello, " + process.env.INPUT_WHO);\n',
  });

  test('are known by --task-folder only', async () => {
    const { stdout } = await project.ci('validate');
    expect(stdout).toMatch(/azure-pipelines\.yml:2:\d+: error TASK_UNKNOWN: .*Greet/);
    const known = await project.ci('run', '--task-folder', 'tasks');
    expect(known.stdout).toContain('Hello, Ada');
    expect(known.code).toBe(0);
    const none = await project.ci('validate', '--task-folder', '.git');
    expect(none).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no task in .git'),
    });
  });
});

describe('a person is asked', () => {
  const project = new Project({
    'azure-pipelines.yml': `stages:
- stage: Wait
  jobs:
  - job: Ask
    pool: server
    steps:
    - task: ManualValidation@1
      inputs: { instructions: Look at it }
- stage: ByHand
  trigger: manual
  dependsOn: []
  jobs:
  - job: Late
    steps: [ script: echo late ]
`,
  });

  test('by a manual stage and a manual validation; without a terminal both are declined', async () => {
    const { code, stdout, stderr } = await project.ci('run');
    expect(stderr).toContain('Approve it with --approve Wait');
    expect(stderr).toContain('Approve it with --approve ByHand');
    expect(stdout).toContain('Rejected by nobody: no terminal to ask on');
    expect(stdout).not.toMatch(/^late$/m);
    expect(code).toBe(1);
  });

  test('and has answered by --approve', async () => {
    const one = await project.ci('run', '--approve', 'wait');
    expect(one.stdout).toContain('Resumed by --approve');
    expect(one.stdout).not.toMatch(/^late$/m);
    const all = await project.ci('run', '--approve', 'all');
    expect(all.stdout).toMatch(/late$/m);
    expect(all.code).toBe(0);
  });
});

describe('what a run leaves', () => {
  const project = new Project({
    'build.yml': `name: 1.0.$(Rev:r)
steps:
- bash: |
    echo '<testsuite name="t"><testcase name="a" classname="c"/><testcase name="b" classname="c"><failure message="no"/></testcase></testsuite>' > TEST-a.xml
    echo "##vso[build.addbuildtag]good"
    echo "##vso[task.logissue type=warning]look here"
- task: PublishTestResults@2
- bash: echo built > b.txt
- publish: b.txt
  artifact: drop
`,
    'release.yml': `resources:
  pipelines:
  - { pipeline: built, source: Product-Build }
steps:
- download: built
- bash: cat $(Pipeline.Workspace)/built/drop/b.txt
`,
  });

  test('are tests, tags, warnings and a name that counts', async () => {
    const { stdout } = await project.ci('run', 'build.yml', '--name', 'Product-Build');
    expect(stdout).toMatch(/run +1 \(1\.0\.1\)/);
    expect(stdout).toMatch(/tags +good/);
    expect(stdout).toMatch(/tests +1 of 2 passed, 1 failed/);
    expect(stdout).toMatch(/warning .*look here/);
    expect(JSON.parse(project.read('.ridgeline/ci/1/tests/1.json')).cases).toHaveLength(2);
    const again = await project.ci('run', 'build.yml', '--name', 'Product-Build');
    expect(again.stdout).toMatch(/run +2 \(1\.0\.2\)/);
  });

  test('is there for another pipeline, by the name that it was run under', async () => {
    const { code, stdout } = await project.ci('run', 'release.yml');
    expect(stdout).toMatch(/^built$/m);
    expect(code).toBe(0);
    const elsewhere = new Project({ 'azure-pipelines.yml': project.read('release.yml') });
    const none = await elsewhere.ci('run');
    expect(none.stdout).toContain("run it first, with --name 'Product-Build'");
    expect(none.code).toBe(1);
  });
});

describe('credentials from files', () => {
  const project = new Project({
    'azure-pipelines.yml': `steps:
- checkout: none
- task: DownloadSecureFile@1
  name: cert
  inputs: { secureFile: cert.pem }
- task: AzureKeyVault@2
  inputs: { azureSubscription: my-azure, KeyVaultName: kv, SecretsFilter: '*' }
- bash: |
    cat "$(cert.secureFilePath)"
    echo "vault $(apiKey)"
`,
    'connections.yml':
      'my-azure: { type: azurerm, scheme: ServicePrincipal, parameters: { tenantid: t } }\n',
    'kv.env': 'apiKey=k3y-of-the-vault\n',
    'secure/cert.pem': 'a certificate\n',
  });

  test('reach the tasks that ask for them: connections, secure files and vaults', async () => {
    const { code, stdout } = await project.ci(
      'run',
      ...['--connections', 'connections.yml', '--variable-group', 'kv=kv.env'],
      ...['--secure-files', 'secure'],
    );
    expect(stdout).toContain('a certificate');
    expect(stdout).toContain('vault ***');
    expect(code).toBe(0);
  });

  test('are asked for before the run', async () => {
    const { code, stderr } = await project.ci('run', '--connections', 'connections.yml');
    expect(stderr).toContain("secure file 'cert.pem' is not known here");
    expect(code).toBe(1);
  });
});

test('a checkout that git refuses fails its step with what git said', async () => {
  const project = new Project({
    'azure-pipelines.yml': 'steps:\n- checkout: self\n  submodules: true\n- script: echo\n',
  });
  project.git('update-index', '--add', '--cacheinfo', `160000,${'a'.repeat(40)},lib`);
  project.write('.gitmodules', '[submodule "lib"]\n\tpath = lib\n\turl = ../nowhere-at-all\n');
  project.git('add', '.gitmodules');
  project.git(
    '-c',
    'user.name=Ada',
    '-c',
    'user.email=ada@example.com',
    'commit',
    '--quiet',
    '-m',
    'Modules',
  );
  const { code, stdout } = await project.ci('run');
  expect(stdout).toMatch(/##\[error\].*git submodule|##\[error\].*nowhere-at-all/);
  expect(code).toBe(1);
});
