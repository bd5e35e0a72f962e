// Checks and machines of environments, which a file tells of, and outputs that are secret.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Project } from './testing.fixture.ts';

const given = ['--environments', 'environments.yml'];

describe('environments of a file', () => {
  const project = new Project({
    'azure-pipelines.yml': `stages:
- stage: Prod
  jobs:
  - deployment: Ship
    environment: { name: production, resourceType: VirtualMachine, tags: web }
    strategy:
      rolling:
        maxParallel: 1
        deploy: { steps: [ bash: 'echo "now $(Environment.ResourceName)"' ] }
        on: { success: { steps: [ bash: 'echo "well $(Environment.ResourceName)"' ] } }
`,
    'environments.yml': `production:
  checks:
  - { type: branchControl, allowedBranches: [main] }
  resources:
  - { name: vm1, tags: [web] }
  - { name: vm2, tags: [database] }
  - { name: vm3, tags: [web] }
`,
    'wrong.yml': 'production: { checks: [ { type: branch } ] }\n',
  });

  test('name the machines that a rolling deployment goes through, one after the other', async () => {
    const { code, stdout } = await project.ci('run', ...given);
    const said = stdout.match(/^(now|well) .*$/gm);
    expect(said).toEqual(['now vm1', 'well vm1', 'now vm3', 'well vm3']);
    expect(code).toBe(0);
  });

  test('say which branches may be deployed, and the run keeps why it was not', async () => {
    const { code, stdout } = await project.ci('run', ...given, '--branch', 'other');
    expect(stdout).not.toContain('now vm1');
    expect(stdout).toMatch(/error +Prod: .*refs\/heads\/other is not among the allowed branches/);
    expect(code).toBe(1);
    const shown = await project.ci('show');
    expect(shown.stdout).toContain('is not among the allowed branches: main');
  });

  test('are in the plan, and a dry run waits for nothing', async () => {
    const { stdout } = await project.ci('plan', ...given);
    expect(stdout).toContain('stage Prod: runs  (looks at the branch: production)');
    expect(stdout).toContain('deploy_vm1, onSuccess_vm1, deploy_vm3, onSuccess_vm3');
    const dry = await project.ci('run', ...given, '--branch', 'other', '--dry-run');
    expect(dry.code).toBe(0);
  });

  test('with mistakes are refused before anything runs', async () => {
    const { code, stdout, stderr } = await project.ci('run', '--environments', 'wrong.yml');
    expect(stderr).toContain(
      "SETTINGS_INVALID: wrong.yml: environment 'production': 'branch' is no",
    );
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });
});

describe('a secret output', () => {
  const project = new Project({
    'azure-pipelines.yml': `jobs:
- job: Make
  steps:
  - checkout: none
  - bash: echo "##vso[task.setvariable variable=token;isOutput=true;isSecret=true]$(rev <<< eulav-terces)"
    name: s
- job: Use
  dependsOn: Make
  variables: { token: "$[ dependencies.Make.outputs['s.token'] ]" }
  steps:
  - checkout: none
  - bash: test "$TOKEN" = "$(rev <<< eulav-terces)" && test -e $(folder)/go
    env: { TOKEN: $(token) }
`,
  });
  const words = ['--variable', `folder=${project.folder}`];
  beforeAll(() => vi.stubEnv('RIDGELINE_CONFIG_DIR', path.join(project.folder, 'config')));
  afterAll(() => vi.unstubAllEnvs());

  test('stands nowhere on the disk, and is there for the jobs that run again', async () => {
    expect((await project.ci('run', ...words)).code).toBe(1);
    const kept = readdirSync(path.join(project.folder, '.ridgeline'), {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isFile());
    const texts = kept.map(({ parentPath, name }) =>
      readFileSync(path.join(parentPath, name), 'utf8'),
    );
    expect(texts.filter((text) => text.includes('secret-value'))).toEqual([]);
    project.write('go', '');
    const again = await project.ci('rerun', '--failed');
    expect(again.stdout).not.toContain('Starting job: Make');
    expect(again.code).toBe(0);
  });

  test('cannot be read without its key, which the rerun says', async () => {
    vi.stubEnv('RIDGELINE_CONFIG_DIR', path.join(project.folder, 'other'));
    const failing = ['--variable', `folder=${project.folder}/none`];
    await project.ci('run', ...failing);
    vi.stubEnv('RIDGELINE_CONFIG_DIR', path.join(project.folder, 'config'));
    const { code, stderr } = await project.ci('rerun', '--failed');
    expect(stderr).toContain('RUN_DAMAGED: run 2 cannot be run again');
    expect(stderr).toContain('sealed with another key');
    expect(code).toBe(1);
  });
});
