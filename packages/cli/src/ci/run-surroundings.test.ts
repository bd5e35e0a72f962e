// What `ridgeline ci run` is told of the world around a pipeline, with real bash and git.
import { describe, expect, test } from 'vitest';
import { Project } from './testing.fixture.ts';

describe('secrets, groups, repositories and connections', () => {
  const secret = 'pa55-word"$x';
  const project = new Project({
    'azure-pipelines.yml': `
resources:
  repositories:
  - { repository: tools, type: git, name: Team/tools }
variables:
- group: shared-vars
- name: plain
  value: p
steps:
- checkout: self
- checkout: tools
- bash: |
    echo "group $(fromGroup) hidden $(hidden)"
    echo "mapped $MAPPED env '$PASSWORD'"
    cat tools/tool.txt
  env: { MAPPED: $(password) }
`,
    'azure.yml': `
steps:
- checkout: none
- task: AzureCLI@2
  inputs: { azureSubscription: my-azure, scriptType: bash, scriptLocation: inlineScript, inlineScript: az }
`,
    'secret.env': `# of the tests\nPASSWORD='${secret}'\n`,
    'group.yml': 'fromGroup: one\nhidden: { value: deep-secret, isSecret: true }\n',
  });
  const tools = new Project({ 'tool.txt': 'a hammer\n' });
  const given = [
    ...['--secrets', 'secret.env', '--variable-group', 'shared-vars=group.yml'],
    ...['--repository', `tools=${tools.folder}`],
  ];

  test('reach the steps; secrets are masked and not exported, nor kept with the run', async () => {
    const { code, stdout } = await project.ci('run', ...given);
    expect(stdout).toContain('group one hidden ***');
    expect(stdout).toContain("mapped *** env ''");
    expect(stdout).not.toContain('pa55-word');
    expect(code).toBe(0);
    const kept = ['run.json', 'final.yml', 'expanded.json', 'snapshot.json'];
    for (const file of kept) expect(project.read(`.ridgeline/ci/1/${file}`)).not.toContain('pa55');
  });

  test('several checkouts stand in folders of their repositories’ names', async () => {
    tools.write('tool.txt', 'a saw\n');
    const { stdout } = await project.ci('run', ...given);
    expect(stdout).toMatch(/Checking out tools to .*\/s\/tools$/m);
    expect(stdout).toContain('# Copied the working tree');
  });

  test('that are not known here are told before the first step, all at once', async () => {
    const { code, stdout, stderr } = await project.ci('run');
    expect(stderr).toContain("variable group 'shared-vars' is not known here");
    expect(stderr).toContain("repository 'tools' is not known here");
    expect(stdout).not.toContain('Starting');
    expect(code).toBe(1);
  });

  test('are not needed by a dry run, which says what it goes without', async () => {
    const { code, stdout, stderr } = await project.ci('run', '--dry-run');
    expect(stderr).toContain("warning NOT_KNOWN_HERE: variable group 'shared-vars'");
    expect(stdout).toContain('##[command]Bash (dry run)');
    expect(code).toBe(0);
  });

  test('a service connection is asked for by name, unless its task is mocked', async () => {
    const asked = await project.ci('run', 'azure.yml');
    expect(asked.stderr).toMatch(
      /azure\.yml:5:\d+: error NOT_KNOWN_HERE: service connection 'my-azure'/,
    );
    const mocked = await project.ci('run', 'azure.yml', '--mock', 'AzureCLI');
    expect(mocked.stdout).toContain('##[command]AzureCLI (mocked)');
    expect(mocked.code).toBe(0);
    const failed = await project.ci('run', 'azure.yml', '--mock', 'AzureCLI@2=failed');
    expect(failed.stdout).toContain('The task was mocked as failed');
    expect(failed.code).toBe(1);
  });

  test.each([
    ['secret.env', 'PASSWORD', 'secret.env:1: expected NAME=value'],
    ['group.yml', 'a: [b', 'group.yml:1:'],
    ['group.yml', 'a: [b]', "'a' is a list"],
  ])('a damaged %s is told with its place and without its values', async (file, text, message) => {
    const damaged = new Project({
      'azure-pipelines.yml': 'steps:\n- script: echo\n',
      [file]: text,
    });
    const option = file === 'secret.env' ? ['--secrets', file] : ['--variable-group', `g=${file}`];
    const { code, stderr } = await damaged.ci('run', ...option);
    expect(stderr).toContain(message);
    expect(code).toBe(1);
  });
});
