// A server ends while an agent has a job: the next one goes on with what the agent still has, and gives
// up what it does not come back for.
import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JobOutcome, StepRecord } from '@ridgeline/azure-pipelines';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { BuildLab, type OpenLab, resultsOf } from '../builds/test/build-lab.ts';

let lab: BuildLab;

beforeEach(async () => {
  lab = await BuildLab.make();
});

afterEach(() => lab.dispose());

const yaml = `
jobs:
- job: far
  pool: gpu
  steps: [{ checkout: none }, { bash: echo far }]
- job: near
  dependsOn: far
  condition: failed()
  steps: [{ checkout: none }, { bash: echo near }]
`;

const session = randomUUID();
const never = new AbortController().signal;
const facts = { version: '1', slots: 1, capabilities: {} };
const succeeded: JobOutcome = { result: 'succeeded', outputs: new Map() };

const step: StepRecord = {
  ...{ id: 'main.1', order: 1, phase: 'main', refName: 's', displayName: 'say', attempt: 1 },
  ...{ state: 'inProgress', issues: [], errorCount: 0, warningCount: 0, details: [] },
};

/** A build whose job an agent has begun, with two lines of its log. */
async function begin({ engine }: OpenLab) {
  const { credential } = await engine.agents.create({ name: 'far-1', pool: 'gpu' }, 'ada');
  await lab.define(yaml);
  const { id } = await engine.queue({ pipeline: 'ci' });
  const row = connect(engine, credential);
  await engine.agents.polls.open(row, session, facts);
  const { offer } = await engine.agents.polls.poll(row, { session, holding: [] }, never);
  const lease = offer?.lease ?? '';
  await report(engine, credential, lease, 0, 'one', 'two');
  return { id, lease, credential };
}

function connect({ agents }: OpenLab['engine'], credential: string) {
  const row = agents.connections.authenticate(credential);
  if (row === undefined) throw new Error('the credential is not taken');
  return row;
}

async function report(
  engine: OpenLab['engine'],
  credential: string,
  lease: string,
  from: number,
  ...lines: readonly string[]
): Promise<void> {
  const log = [{ step: step.id, from, lines }];
  const { connections } = engine.agents;
  await connections.report(connect(engine, credential), lease, { steps: [step], log });
}

test('the next server goes on where the log is whole, and under the same number', async () => {
  const { id, lease, credential } = await begin(await lab.open());
  await lab.close();
  const logs = path.join(lab.workspaceFolder, 'delivery', 'builds', id, 'logs');
  const { engine, errors } = await lab.open();
  const [before] = (await engine.builds.get(id)).stages[0]?.jobs ?? [];
  expect(before).toMatchObject({ state: 'inProgress', agent: 'far-1', steps: [{ log: 1 }] });
  // As when the earlier one was killed in the midst of a line.
  const [folder = ''] = await foldersOf(logs);
  await appendFile(path.join(folder, '01-say.log'), 'thr');
  const row = connect(engine, credential);
  await engine.agents.polls.open(row, session, facts);
  await report(engine, credential, lease, 0, 'one', 'two', 'three', 'four');
  await engine.agents.connections.end(row, lease, succeeded, null);
  // Again, as when the answer was lost.
  await engine.agents.connections.end(row, lease, succeeded, null);
  const build = await engine.waitFor(id);
  expect(resultsOf(build)).toEqual({ '__default.far': 'succeeded', '__default.near': 'skipped' });
  expect((await engine.builds.log(id, 1)).lines).toEqual(['one', 'two', 'three', 'four']);
  expect(errors).toEqual([]);
});

test('an agent that does not come back in time has lost its job, and the build goes on', async () => {
  const { id, lease, credential } = await begin(await lab.open());
  await lab.close();
  const { engine, errors } = await lab.open({ agentLeaseMs: 50 });
  const build = await engine.waitFor(id);
  expect(resultsOf(build)).toEqual({ '__default.far': 'failed', '__default.near': 'succeeded' });
  expect(build.stages[0]?.jobs[0]?.problem).toContain('lost contact');
  const row = connect(engine, credential);
  const late = { code: 'AGENT_LEASE_LOST' };
  await expect(report(engine, credential, lease, 2, 'late')).rejects.toMatchObject(late);
  const end = engine.agents.connections.end(row, lease, succeeded, null);
  await expect(end).rejects.toMatchObject(late);
  expect((await engine.builds.log(id, 1)).lines).toEqual(['one', 'two']);
  expect(errors).toEqual([]);
});

test('files of leases that are over are swept, those of others stay', async () => {
  const { lease } = await begin(await lab.open());
  await lab.close();
  const transfers = path.join(lab.workspaceFolder, 'delivery', 'transfers');
  for (const name of [lease, randomUUID()]) {
    await mkdir(path.join(transfers, name, 'in'), { recursive: true });
    await writeFile(path.join(transfers, name, 'in', 'file'), 'x');
  }
  await lab.open();
  expect(await foldersOf(transfers)).toEqual([path.join(transfers, lease)]);
});

async function foldersOf(parent: string): Promise<readonly string[]> {
  return (await readdir(parent)).map((name) => path.join(parent, name));
}
