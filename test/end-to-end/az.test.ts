// The source system's AzureCLI steps as they stand, run by a build of a server and by
// `ridgeline ci run`: the `az` that they find answers for the workspace.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { git } from '@ridgeline/azure-pipelines';
import { type Build, RidgelineClient } from '@ridgeline/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, type Ended, ridgeline, type Server, startServer } from './cli.ts';

const minutes = 60_000;
const project = fileURLToPath(new URL('testdata/az-project', import.meta.url));
let folder: string;
let workspace: string;
let repository: string;
let server: Server;
let client: RidgelineClient;
let secret: string;

const run = (...words: readonly string[]): Promise<Ended> => ridgeline([...words, '-w', workspace]);

async function answer(...words: readonly string[]) {
  const ended = await run(...words, '--json');
  expect(ended.exitCode, ended.stderr).toBe(0);
  return JSON.parse(ended.stdout);
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'az-'));
  workspace = path.join(folder, 'workspace');
  repository = path.join(folder, 'repository');
  await mkdir(repository);
  await cp(project, repository, { recursive: true });
  await git(repository, ['init', '--quiet', '--initial-branch=master']);
  await git(repository, ['add', '--all']);
  const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
  await git(repository, [...author, 'commit', '--quiet', '-m', 'first']);
  server = await startServer(workspace);
  client = new RidgelineClient(server);
  await connections();
}, 2 * minutes);

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** One without a credential of its own, and one of a service principal of the workspace. */
async function connections(): Promise<void> {
  const create = ['service-connection', 'create'];
  const open = ['--all-pipelines', '--skip-check'];
  await answer(
    ...create,
    'aml-workspace-connection',
    '--type',
    'azurerm',
    '--scheme',
    'None',
    ...open,
  );
  const principal = await answer('service-principal', 'create', 'cd', '--role', 'Contributor');
  secret = principal.password;
  const words = [
    ...['--type', 'azurerm', '--parameter', `tenantid=${principal.tenant}`],
    ...['--parameter', `serviceprincipalid=${principal.appId}`],
    ...['--secret-parameter', 'serviceprincipalkey', '--data', 'subscriptionId=sub-1'],
  ];
  const child = spawn(
    process.execPath,
    [bin, ...create, 'azure-resource-connection', ...words, ...open, '-w', workspace, '--json'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  child.stdin.end(`${secret}\n`);
  await json(child.stdout);
}

async function variables(): Promise<Readonly<Record<string, string>>> {
  const file = path.join(repository, 'train.yml');
  await answer('pipeline', 'publish', '-f', file, '--name', 'train', '--endpoint', 'train');
  const { restEndpoint } = await answer('pipeline-endpoint', 'show', 'train');
  return {
    RIDGELINE: bin,
    REST_ENDPOINT: restEndpoint,
    RESOURCE_GROUP: 'mlops-RG',
    WORKSPACE_NAME: 'mlops-AML-WS',
    WORKSPACE_SVC_CONNECTION: 'aml-workspace-connection',
    AZURE_RM_SVC_CONNECTION: 'azure-resource-connection',
  };
}

async function score(service: string): Promise<unknown> {
  return client.endpoints.invoke(service, {
    data: [
      [1, 2],
      [3, 4],
    ],
  });
}

describe('by a build', () => {
  let build: Build;
  let logs: string;

  beforeAll(async () => {
    const entries = Object.entries(await variables());
    const words = entries.flatMap(([name, value]) => ['--variable', `${name}=${value}`]);
    await answer('variable-group', 'create', 'az-group', ...words, '--all-pipelines');
    const file = ['--repository', repository, '--yaml-path', 'release.yml', '--branch', 'master'];
    await answer('delivery-pipeline', 'create', 'Release', ...file);
    const queued: Build = await answer('build', 'create', 'Release');
    build = await client.builds.wait(queued.id);
    logs = (await run('build', 'logs', build.id)).stdout;
  }, 3 * minutes);

  test('its model is found by the tag of the build, and handed on', async () => {
    expect(build.result, logs).toBe('succeeded');
    await answer('build', 'artifacts', 'download', build.id, '--output', path.join(folder, 'out'));
    const model = JSON.parse(await readFile(path.join(folder, 'out/model/model.json'), 'utf8'));
    expect(Object.keys(model).sort()).toEqual([
      'createdTime',
      'framework',
      'frameworkVersion',
      'id',
      'name',
      'version',
    ]);
    expect(model).toMatchObject({ id: 'sums.pkl:1', name: 'sums.pkl', version: 1 });
    expect(model.createdTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/);
  });

  test('it is behind an endpoint that scores, told as a local deployment', async () => {
    expect(await score('mlops-aci')).toEqual({ result: [6, 14] });
    expect(logs).toContain("az (Ridgeline's stand-in, not the Azure CLI)");
    expect(logs).toContain('a local deployment in the place of a container instance');
    expect(logs).toContain('score.py is served by score.ts');
    expect(logs).toContain('"scoringUri": "http://127.0.0.1:');
  });

  test('as a service principal of the workspace, to the place of a cluster', async () => {
    expect(await score('mlops-aks')).toEqual({ result: [6, 14] });
    expect(logs).toContain('subscription sub-1');
    expect(logs).toContain('a local deployment in the place of a service on Kubernetes');
  });

  test('what it packs is deployed by the command that it says', async () => {
    expect(await score('mlops-webapp')).toEqual({ result: [6, 14] });
  });

  test('its token starts the published pipeline over REST', async () => {
    expect(logs).toMatch(/started run \S+/);
    const jobs = await client.jobs.list({ limit: 10 });
    expect(jobs.length).toBeGreaterThan(0);
  });

  test('a call that is none of its own is told as such', () => {
    expect(logs).toContain("does not answer 'az storage blob upload'");
    expect(logs).toContain("Ridgeline's stand-in, not the Azure CLI");
  });

  test('no secret is in the logs', () => {
    expect(logs).not.toContain(secret);
    expect(logs).not.toMatch(/rdg_[\w-]{20}/);
    expect(logs).not.toMatch(/eyJ[\w-]{20}/);
  });
});

test(
  'by `ridgeline ci run`, on the server of the workspace',
  async () => {
    const group = path.join(folder, 'group.json');
    await writeFile(group, JSON.stringify(await variables()));
    const connections = path.join(folder, 'connections.json');
    const none = { type: 'azurerm', scheme: 'None' };
    await writeFile(
      connections,
      JSON.stringify({ 'aml-workspace-connection': none, 'azure-resource-connection': none }),
    );
    // Other weights: the same ones would be the version that is there.
    await writeFile(path.join(repository, 'model', 'weights.json'), '{ "factor": 3 }');
    const { exitCode, stdout, stderr } = await ridgeline(
      [
        ...['ci', 'run', 'release.yml', '-w', workspace, '--connections', connections],
        ...['--variable-group', `az-group=${group}`, '--approve', 'all'],
      ],
      { cwd: repository },
    );
    expect(exitCode, stdout + stderr).toBe(0);
    const { deployments } = await client.endpoints.get('mlops-aci');
    expect(deployments).toMatchObject([{ model: { name: 'sums.pkl', version: '2' } }]);
    expect(await score('mlops-aci')).toEqual({ result: [9, 21] });
  },
  3 * minutes,
);
