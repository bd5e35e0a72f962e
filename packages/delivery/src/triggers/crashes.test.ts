// A served repository, a real engine, and servers that are killed: whatever has happened makes one
// build. Real processes, real kills.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openWorkspace } from '@ridgeline/workspace';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Delivery } from '../delivery.ts';
import { GitServer } from './test/git-server.ts';
import { LabRepository } from './test/lab-repository.ts';

const program = path.join(import.meta.dirname, 'test', 'triggers-process.ts');
// There are many starts: with room for what is soon garbage, each takes a quarter less.
const roomToStart = '--min-semi-space-size=32';

let folder: string;
let server: GitServer;
let repository: LabRepository;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'trigger-crashes-'));
  repository = new LabRepository(path.join(folder, 'served'));
  await repository.init();
  server = await GitServer.start(folder);
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Without an agent, so that the builds themselves take no time. */
const yaml = `trigger: [main]
jobs: [{ job: wait, pool: server, steps: [{ task: Delay@1, inputs: { delayForMinutes: 0 } }] }]
`;

async function openDelivery(name: string) {
  const workspace = await openWorkspace({ folder: path.join(folder, name) });
  const errors: unknown[] = [];
  const delivery = await Delivery.open(workspace, {
    serverUrl: () => '',
    onInternalError: (_about, error) => errors.push(error),
  });
  const close = async () => {
    await delivery.stop();
    await workspace.close();
    expect(errors).toEqual([]);
  };
  return { delivery, close };
}

/** How many writes it took; undefined: it was killed before its end. */
async function lookAndDie(name: string, crashPoint?: number): Promise<number | undefined> {
  const words = [
    roomToStart,
    program,
    path.join(folder, name),
    ...(crashPoint ? [String(crashPoint)] : []),
  ];
  const child = spawn(process.execPath, words, {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit').then(() => undefined);
  const said = once(child.stdout, 'data').then(([line]) => Number(/\d+/.exec(String(line))?.[0]));
  const writes = await Promise.race([said, exited]);
  child.kill('SIGKILL');
  await exited;
  return writes;
}

async function happen(): Promise<void> {
  const head = await repository.push({ a: '1' }, { branch: 'feature/a' });
  await repository.checkout('main');
  await repository.push({ b: '1' });
  await repository.openPull(3, head);
}

async function watchFirst(): Promise<void> {
  await repository.push({ 'azure-pipelines.yml': yaml });
  const { delivery, close } = await openDelivery('first');
  const location = server.addressOf('served/.git');
  await delivery.pipelines.create({ name: 'CI', repository: { location } });
  await delivery.triggers.look();
  await close();
}

test('of a served repository a push and a pull request make one build each', async () => {
  await watchFirst();
  await happen();
  const { delivery, close } = await openDelivery('first');
  await delivery.triggers.look();
  await delivery.triggers.look();
  const builds = await delivery.builds.list();
  for (const { id } of builds) await delivery.engine.waitFor(id);
  const ended = await delivery.builds.list();
  expect(ended.map(({ reason, branch, result }) => [reason, branch, result])).toEqual([
    ['PullRequest', 'refs/pull/3/merge', 'succeeded'],
    ['IndividualCI', 'refs/heads/main', 'succeeded'],
  ]);
  await close();
});

test('so they do through servers that are killed at any write', async () => {
  await watchFirst();
  await happen();
  await cp(path.join(folder, 'first'), path.join(folder, 'whole'), { recursive: true });
  const writes = (await lookAndDie('whole')) ?? 0;
  expect(writes).toBeGreaterThan(5);
  for (const share of [0.2, 0.5, 0.8]) {
    const point = Math.ceil(writes * share);
    const name = `killed at ${point}`;
    await cp(path.join(folder, 'first'), path.join(folder, name), { recursive: true });
    await lookAndDie(name, point);
    const { delivery, close } = await openDelivery(name);
    await delivery.engine.start();
    await delivery.triggers.look();
    const builds = await delivery.builds.list();
    expect([name, builds.map(({ reason }) => reason).sort()]).toEqual([
      name,
      ['IndividualCI', 'PullRequest'],
    ]);
    for (const { id } of builds) await delivery.engine.waitFor(id);
    await close();
  }
}, 60_000);
