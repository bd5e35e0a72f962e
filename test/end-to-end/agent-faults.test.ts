// Agents whose server, network or process is killed or cut in the midst of a job: what becomes of the
// job is told as it truly was. Real processes, real kills.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { RidgelineClient } from '@ridgeline/client';
import { startServer } from '@ridgeline/server';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { AgentLab, jobOf, linesOf } from './agent-lab.ts';
import { openNetwork, until } from './agent-process.ts';

let lab: AgentLab;

beforeEach(async () => {
  lab = await AgentLab.make();
});

afterEach(() => lab.dispose());

const cutOff = () => `
jobs:
- job: Long
  pool: gpu
  steps:
  - checkout: none
  - bash: echo $$ > ${lab.quoted('pid')}; ${lab.gate}
    displayName: wait
  - { bash: echo never, displayName: never }
- job: After
  dependsOn: Long
  condition: failed()
  pool: { vmImage: ubuntu-latest }
  steps: [{ checkout: none }, { bash: echo after }]
`;

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('an agent that is killed and comes back has lost its job, and ends what that has left', async () => {
  const server = await lab.serve();
  const client = new RidgelineClient(server);
  await lab.define(client, cutOff());
  const at = ['--server', server.url, '--pool', 'gpu', '--name', 'build-2'];
  const killed = await lab.agent(at, { RIDGELINE_TOKEN: server.token });
  const { id } = await client.builds.queue({ pipeline: 'CI' });
  await lab.untilBegun();
  await killed.stop('SIGKILL');
  await lab.agent([]);
  const build = await client.builds.wait(id);
  expect(build.result).toBe('failed');
  expect(jobOf(build, 'Long')).toMatchObject({
    result: 'failed',
    problem: expect.stringContaining('was started anew'),
  });
  expect(jobOf(build, 'After').result).toBe('succeeded');
  const pid = Number(await readFile(path.join(lab.folder, 'pid'), 'utf8'));
  await until('the step has ended', async () => !isAlive(pid) || undefined);
}, 60_000);

test('an agent that is told to end fails its job truthfully, and one that vanishes loses it', async () => {
  await using stack = new AsyncDisposableStack();
  const inProcess = await startServer({
    folder: lab.workspace,
    port: 0,
    agentLeaseMs: 1_500,
    logger: false,
  });
  stack.defer(() => inProcess.close());
  const client = new RidgelineClient(inProcess);
  await lab.define(client, cutOff());
  const at = ['--server', inProcess.url, '--pool', 'gpu', '--name', 'build-2'];
  const stopped = await lab.agent(at, { RIDGELINE_TOKEN: inProcess.token });
  const first = await client.builds.queue({ pipeline: 'CI' });
  await lab.untilBegun();
  expect(await stopped.stop('SIGTERM')).toBe(0);
  expect(jobOf(await client.builds.wait(first.id), 'Long')).toMatchObject({
    result: 'failed',
    problem: expect.stringContaining('was stopped while the job ran'),
  });

  await rm(path.join(lab.folder, 'begun'));
  const vanishing = await lab.agent([]);
  const second = await client.builds.queue({ pipeline: 'CI' });
  await lab.untilBegun();
  await vanishing.stop('SIGKILL');
  const build = await client.builds.wait(second.id);
  expect(jobOf(build, 'Long').problem).toContain('lost contact');
  expect(jobOf(build, 'After').result).toBe('succeeded');
}, 60_000);

const counting = () => `
pool: gpu
steps:
- checkout: none
- bash: |
    for i in $(seq 1 3000); do echo "line $i"; done
    ${lab.gate}
    for i in $(seq 3001 6000); do echo "line $i"; done
    mkdir out; echo whole > out/file.txt
  displayName: count
- publish: out
  artifact: out
`;
const allLines = Array.from({ length: 6_000 }, (_, index) => `line ${index + 1}`);

test.each([
  ['is killed', 'SIGKILL'],
  ['is told to end', 'SIGTERM'],
] as const)(
  'the server %s: the job goes on, and no line is lost or doubled',
  async (_how, signal) => {
    const server = await lab.serve();
    const { url, token } = server;
    await lab.define(new RidgelineClient(server), counting());
    const at = ['--server', url, '--pool', 'gpu', '--name', 'build-2'];
    const one = await lab.agent(at, { RIDGELINE_TOKEN: token });
    const { id } = await new RidgelineClient(server).builds.queue({ pipeline: 'CI' });
    await lab.untilBegun();
    await server.stop(signal);
    await one.until('away');
    await lab.letGo();
    const next = await lab.serve(Number(new URL(url).port));
    const client = new RidgelineClient(next);
    const build = await client.builds.wait(id);
    expect(build.result).toBe('succeeded');
    expect(jobOf(build, '__default').problem).toBeNull();
    const lines = await linesOf(client, build, '__default', 'count');
    expect(lines.filter((line) => /^line \d+$/.test(line))).toEqual(allLines);
    expect(await client.builds.artifactFiles(id, 'out')).toEqual(['file.txt']);
  },
  60_000,
);

test('connections are cut again and again: no line is lost or doubled', async () => {
  const server = await lab.serve();
  const network = await openNetwork(server.url);
  onTestFinished(() => network.close());
  const client = new RidgelineClient(server);
  await lab.define(client, counting());
  const at = ['--server', network.url, '--pool', 'gpu', '--name', 'build-2'];
  await lab.agent(at, { RIDGELINE_TOKEN: server.token });
  const { id } = await client.builds.queue({ pipeline: 'CI' });
  await lab.untilBegun();
  await lab.letGo();
  let cuts = 0;
  const build = await until('the build has ended', async () => {
    if (cuts < 20) cuts += network.cut();
    const now = await client.builds.get(id);
    return now.status === 'completed' ? now : undefined;
  });
  expect(cuts).toBeGreaterThan(0);
  expect(build.result).toBe('succeeded');
  const lines = await linesOf(client, build, '__default', 'count');
  expect(lines.filter((line) => /^line \d+$/.test(line))).toEqual(allLines);
  expect(await client.builds.artifactFiles(id, 'out')).toEqual(['file.txt']);
}, 60_000);
