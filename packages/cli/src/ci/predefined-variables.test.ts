// The predefined variables of Azure Pipelines, every one, as a step of a real job finds them in its
// environment.
import { hostname, userInfo } from 'node:os';
import { beforeAll, describe, expect, test } from 'vitest';
import { Project } from './testing.fixture.ts';

const project = new Project({
  'azure-pipelines.yml': `resources:
  repositories:
  - { repository: tools, type: git, name: Team/tools, ref: refs/heads/stable }
  pipelines:
  - { pipeline: built, source: Product-Build }
  containers:
  - { container: py, image: registry.example.com/team/python:3.12 }
stages:
- stage: Build
  displayName: Build it
  jobs:
  - job: Test
    displayName: Test it
    strategy: { matrix: { py312: { version: '3.12' } } }
    steps:
    - checkout: none
    - bash: env > $(folder)/job.env
- stage: Prod
  jobs:
  - deployment: Ship
    environment: production.vm1
    strategy: { canary: { increments: [10], deploy: { steps: [ { download: none }, { bash: 'env > $(folder)/hook-$(Strategy.Increment).env' } ] } } }
`,
  'compile.yml': `steps:
- checkout: none
- bash: echo "\${{ variables['System.DefaultWorkingDirectory'] }} \${{ variables['Build.BuildId'] }}." > $(folder)/compiled
`,
});
const tools = new Project({ 'tool.txt': 'a hammer\n' });
const given = ['--variable', `folder=${project.folder}`];
const folder = /\/\.ridgeline\/ci\/1\/agent\/[^/]+\/_work/.source;
const id = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const commit = /^[\da-f]{40}$/;
const user = userInfo().username;
const inFolder = (rest: string) => new RegExp(`${folder}${rest}$`);

type Table = Readonly<Record<string, string | RegExp>>;

const ofTheAgent: Table = {
  'Agent.BuildDirectory': inFolder('/1'),
  'Agent.HomeDirectory': /\/agent\/[^/]+$/,
  'Agent.Id': '1',
  'Agent.JobName': 'Test it py312',
  'Agent.JobStatus': 'Succeeded',
  'Agent.MachineName': hostname(),
  'Agent.Name': hostname(),
  'Agent.OS': /^(Linux|Darwin|Windows_NT)$/,
  'Agent.OSArchitecture': /^(X86|X64|ARM|ARM64)$/,
  'Agent.TempDirectory': inFolder('/_temp/1'),
  'Agent.ToolsDirectory': inFolder('/_tool'),
  'Agent.WorkFolder': inFolder(''),
  'Agent.Version': /^\d+\.\d+\.\d+$/,
  'Agent.RetainDefaultEncoding': 'false',
};

const ofTheBuild: Table = {
  'Build.ArtifactStagingDirectory': inFolder('/1/a'),
  'Build.StagingDirectory': inFolder('/1/a'),
  'Build.BinariesDirectory': inFolder('/1/b'),
  'Build.SourcesDirectory': inFolder('/1/s'),
  'Build.BuildId': '1',
  'Build.BuildNumber': /^\d{8}\.1$/,
  'Build.BuildUri': 'vstfs:///Build/Build/1',
  'Build.ContainerId': '1',
  'Build.DefinitionName': 'azure-pipelines',
  'Build.DefinitionVersion': '1',
  'Build.QueuedBy': user,
  'Build.QueuedById': id,
  'Build.Reason': 'Manual',
  'Build.Repository.Clean': 'False',
  'Build.Repository.LocalPath': inFolder('/1/s'),
  'Build.Repository.ID': id,
  'Build.Repository.Name': /^ci-/,
  'Build.Repository.Provider': 'TfsGit',
  'Build.Repository.Uri': /^file:\/\/\//,
  'Build.Repository.Git.SubmoduleCheckout': 'False',
  'Build.RequestedFor': user,
  'Build.RequestedForEmail': `${user}@${hostname()}`,
  'Build.RequestedForId': id,
  'Build.SourceBranch': 'refs/heads/main',
  'Build.SourceBranchName': 'main',
  'Build.SourceVersion': commit,
  'Build.SourceVersionAuthor': 'Ada',
  'Build.SourceVersionMessage': 'First',
  'Build.SourceTfvcShelveset': '',
  'Build.StageRequestedBy': user,
  'Build.StageRequestedById': id,
};

const ofTheSystem: Table = {
  'System.ArtifactsDirectory': inFolder('/1/a'),
  'System.CollectionId': id,
  'System.CollectionUri': /^http/,
  'System.Culture': 'en-US',
  'System.DefaultWorkingDirectory': inFolder('/1/s'),
  'System.DefinitionId': '1',
  'System.HostType': 'build',
  'System.JobAttempt': '1',
  'System.JobDisplayName': 'Test it py312',
  'System.JobId': id,
  'System.JobIdentifier': 'Build.Test.py312',
  'System.JobName': 'py312',
  'System.JobPositionInPhase': '1',
  'System.TotalJobsInPhase': '1',
  'System.OidcRequestUri': '',
  'System.PhaseAttempt': '1',
  'System.PhaseDisplayName': 'Test it',
  'System.PhaseName': 'Test',
  'System.PlanId': id,
  'System.StageAttempt': '1',
  'System.StageDisplayName': 'Build it',
  'System.StageName': 'Build',
  'System.TeamFoundationCollectionUri': /^http/,
  'System.TeamProject': /^ci-/,
  'System.TeamProjectId': id,
  'System.TimelineId': id,
  'System.TaskDisplayName': 'Bash',
  'System.TaskInstanceId': id,
  'System.TaskInstanceName': 'Bash',
};

const others: Table = {
  'Pipeline.Workspace': inFolder('/1'),
  'Common.TestResultsDirectory': inFolder('/1/TestResults'),
  'Checks.StageAttempt': '1',
  TF_BUILD: 'True',
  'resources.triggeringAlias': '',
  'resources.triggeringCategory': '',
  'resources.repositories.tools.name': 'Team/tools',
  'resources.repositories.tools.ref': 'refs/heads/stable',
  'resources.repositories.tools.type': 'git',
  'resources.repositories.tools.id': 'tools',
  'resources.repositories.tools.url': /^file:/,
  'resources.repositories.tools.version': commit,
  'resources.pipeline.built.projectName': '',
  'resources.pipeline.built.projectID': '',
  'resources.pipeline.built.pipelineName': 'Product-Build',
  'resources.pipeline.built.pipelineID': '',
  'resources.pipeline.built.runName': '',
  'resources.pipeline.built.runID': '',
  'resources.pipeline.built.runURI': '',
  'resources.pipeline.built.sourceBranch': '',
  'resources.pipeline.built.sourceCommit': '',
  'resources.pipeline.built.sourceProvider': '',
  'resources.pipeline.built.requestedFor': '',
  'resources.pipeline.built.requestedForID': '',
  'resources.container.py.registry': 'registry.example.com',
  'resources.container.py.repository': 'team/python',
  'resources.container.py.tag': '3.12',
  'resources.container.py.URI': 'registry.example.com/team/python:3.12',
};

const ofADeployment: Table = {
  'Environment.Name': 'production',
  'Environment.Id': /^\d+$/,
  'Environment.ResourceName': 'vm1',
  'Environment.ResourceId': /^\d+$/,
  'Strategy.Name': 'canary',
  'Strategy.Action': 'deploy',
  'Strategy.Increment': '10',
  'Strategy.CycleName': 'Iteration',
  'System.JobName': 'deploy_10',
  'System.JobIdentifier': 'Prod.Ship.deploy_10',
};

function environmentIn(file: string): ReadonlyMap<string, string> {
  const pairs = project.read(file).matchAll(/^([^=\s]+)=(.*)$/gm);
  return new Map([...pairs].map(([, name = '', value = '']) => [name, value]));
}

const inEnvironment = (name: string) => name.toUpperCase().replaceAll(/[. ]/g, '_');

function check(environment: ReadonlyMap<string, string>, name: string, value: string | RegExp) {
  const found = environment.get(inEnvironment(name));
  expect(found, name).toBeDefined();
  if (typeof value === 'string') expect(found).toBe(value);
  else expect(found).toMatch(value);
}

beforeAll(async () => {
  const words = ['--repository', `tools=${tools.folder}`, '--approve', 'all'];
  const { code, stdout } = await project.ci('run', ...words, ...given);
  expect(stdout).not.toContain('##[error]');
  expect(code).toBe(0);
});

describe('a job has', () => {
  const table = { ...ofTheAgent, ...ofTheBuild, ...ofTheSystem, ...others };
  test.each(Object.entries(table))('%s', (name, value) => {
    check(environmentIn('job.env'), name, value);
  });

  test('no token in its environment', () => {
    expect(environmentIn('job.env').has('SYSTEM_ACCESSTOKEN')).toBe(false);
  });
});

test.each(Object.entries(ofADeployment))('a deployment has %s', (name, value) => {
  check(environmentIn('hook-10.env'), name, value);
});

test('a template knows of the folder that each job will have, and of no number', async () => {
  await project.ci('run', 'compile.yml', ...given);
  expect(project.read('compiled')).toMatch(/^\/.*\/_work\/1\/s \.\n$/);
});
