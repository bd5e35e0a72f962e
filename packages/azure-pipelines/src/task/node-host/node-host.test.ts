import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { principal, type TestStep, withStep } from '../testing.fixture.ts';
import { loadTaskFolders } from './load-task-folders.ts';
import { loadNodeTask } from './node-task.ts';

const library = createRequire(import.meta.url).resolve('azure-pipelines-task-lib/task');

const manifest = {
  id: 'd0c6a9f1-6d0c-4c2a-9d4e-111111111111',
  name: 'Greet',
  version: { Major: 2, Minor: 1, Patch: 0 },
  inputs: [
    { name: 'who name', type: 'string', required: true, aliases: ['who'] },
    { name: 'loud', type: 'boolean', defaultValue: false },
    {
      name: 'style',
      type: 'pickList',
      defaultValue: 'plain',
      options: { plain: 'Plain', fancy: 'Fancy' },
    },
    { name: 'frame', type: 'string', required: true, visibleRule: 'style = fancy' },
    { name: 'file', type: 'filePath' },
    { name: 'target', type: 'connectedService:AzureRM' },
  ],
  prejobexecution: { Node20_1: { target: 'pre.js' } },
  execution: {
    PowerShell3: { target: 'main.ps1' },
    Node10: { target: 'old.js' },
    Node20_1: { target: 'main.js' },
  },
  postjobexecution: { Node20_1: { target: 'post.js' } },
};

const scripts = {
  'pre.js': 'tl.setTaskVariable("started", "before");',
  'main.js': `
    console.log(JSON.stringify({
      who: tl.getInput('who name', true),
      loud: tl.getBoolInput('loud'),
      style: tl.getInput('style'),
      fileGiven: tl.filePathSupplied('file'),
      cwd: process.cwd(),
      plain: tl.getVariable('my.plain'),
      secret: tl.getVariable('my.secret'),
      secretInEnvironment: Object.keys(process.env).filter((key) => /SECRET_|INPUT_|ENDPOINT_AUTH/.test(key)),
    }));
    const id = tl.getInput('target');
    if (id) console.log(JSON.stringify({
      id,
      url: tl.getEndpointUrl(id, true),
      scheme: tl.getEndpointAuthorizationScheme(id, true),
      key: tl.getEndpointAuthorizationParameter(id, 'serviceprincipalkey', true),
      subscription: tl.getEndpointDataParameter(id, 'subscriptionId', true),
      token: tl.getEndpointAuthorization('SYSTEMVSSCONNECTION', false).parameters.AccessToken,
    }));
    tl.setVariable('greeting', 'hello');
    tl.setResult(tl.TaskResult.Succeeded, 'done');`,
  'post.js': 'console.log("started " + tl.getTaskVariable("started"));',
};

async function taskFolder(step: TestStep, changes: object = {}): Promise<string> {
  const folder = join(step.root, 'tasks', 'GreetV2');
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'task.json'),
    `\ufeff${JSON.stringify({ ...manifest, ...changes })}`,
  );
  for (const [name, text] of Object.entries(scripts)) {
    await writeFile(
      join(folder, name),
      `const tl = require(${JSON.stringify(library)});\n${text}\n`,
    );
  }
  return folder;
}

function jsonLines(step: TestStep): unknown[] {
  return step.lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line));
}

describe('the host of Node tasks', () => {
  it('runs the newest handler with inputs, defaults, variables and secrets', () =>
    withStep(async (step) => {
      const task = await loadNodeTask(await taskFolder(step));
      step.variables.set('my.plain', 'seen');
      step.environment.MY_PLAIN = 'seen';
      step.variables.set('my.secret', 'hush');
      step.secretNames.add('my.secret');
      step.environment.SYSTEM_DEFAULTWORKINGDIRECTORY = step.folders.workingDirectory;
      const outcome = await step.run(task, { who: 'world' });
      expect(outcome).toEqual({ result: 'succeeded' });
      expect(jsonLines(step)[0]).toEqual({
        who: 'world',
        loud: false,
        style: 'plain',
        fileGiven: false,
        cwd: step.folders.workingDirectory,
        plain: 'seen',
        secret: 'hush',
        secretInEnvironment: [],
      });
      expect(step.log).toContain('##vso[task.setvariable variable=greeting;');
      expect(step.log).toContain('##vso[task.complete result=Succeeded;]done');
    }));

  it('gives a service connection by its id, with its secrets and facts', () =>
    withStep(async (step) => {
      const task = await loadNodeTask(await taskFolder(step));
      step.connections.set('azure', {
        ...principal('azure', { subscriptionId: 'sub' }),
        url: 'https://x/',
      });
      step.variables.set('system.accesstoken', 'job-token');
      await step.run(task, { who: 'world', target: 'azure' });
      expect(jsonLines(step)[1]).toEqual({
        id: 'id-of-azure',
        url: 'https://x/',
        scheme: 'ServicePrincipal',
        key: 's3cret',
        subscription: 'sub',
        token: 'job-token',
      });
    }));

  it('runs the parts before and after the job', () =>
    withStep(async (step) => {
      const task = await loadNodeTask(await taskFolder(step));
      const outcomes = await step.runAll(task, { who: 'world' });
      expect(outcomes.map((outcome) => outcome.result)).toEqual([
        'succeeded',
        'succeeded',
        'succeeded',
      ]);
      expect(step.log).toContain('##vso[task.settaskvariable variable=started;');
      expect(step.log).toContain('started ');
    }));

  it('fails with the exit code', () =>
    withStep(async (step) => {
      const folder = await taskFolder(step);
      await writeFile(join(folder, 'main.js'), 'process.exit(3)');
      const outcome = await step.run(await loadNodeTask(folder), { who: 'world' });
      expect(outcome.message).toBe('The task Greet exited with code 3');
    }));

  it('reads inputs as data: aliases, visibility and options', () =>
    withStep(async (step) => {
      const task = await loadNodeTask(await taskFolder(step));
      expect(task).toMatchObject({ name: 'Greet', versions: [2], ids: [manifest.id] });
      expect(task.inputs[0]).toMatchObject({ name: 'who name', aliases: ['who'], required: true });
      expect(task.inputs[2]).toMatchObject({ kind: 'pick', allowed: ['plain', 'fancy'] });
      expect(task.inputs[3]?.visibleWhen).toBe('style = fancy');
    }));

  it.each([
    [
      { execution: { PowerShell3: { target: 'x.ps1' } } },
      'no handler for Node (it has: PowerShell3)',
    ],
    [{ execution: { Node20: { target: '../../outside.js' } } }, 'outside of its task'],
    [{ name: undefined }, "has no 'name'"],
    [{ inputs: 'none', version: 'x' }, undefined],
  ])('%j', (changes, why) =>
    withStep(async (step) => {
      const loading = loadNodeTask(await taskFolder(step, changes));
      if (why === undefined) await expect(loading).resolves.toMatchObject({ versions: [0] });
      else await expect(loading).rejects.toThrow(why);
    }),
  );

  it('finds the tasks below a folder and tells of those that cannot be used', () =>
    withStep(async (step) => {
      const folder = await taskFolder(step);
      const broken = join(dirname(folder), 'Broken');
      await mkdir(broken);
      await writeFile(join(broken, 'task.json'), '{');
      const { tasks, problems } = await loadTaskFolders(join(step.root, 'tasks'));
      expect(tasks.map((task) => task.name)).toEqual(['Greet']);
      expect(problems).toEqual([`${join(broken, 'task.json')} is no JSON object`]);
    }));
});
