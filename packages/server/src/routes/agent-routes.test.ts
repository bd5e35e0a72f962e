// Agents over HTTP: who may register one, what its credential opens, and that nothing but the holder of
// a lease has anything to do with its job.
import { randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { git } from '@ridgeline/azure-pipelines';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { type Answer, TestApp, textAt } from '../../test/test-app.ts';
import { until } from '../../test/until.ts';

const yaml = `
trigger: none
pool: gpu
steps:
- checkout: none
- { bash: echo hello, displayName: say }
`;

let server: TestApp;

beforeAll(async () => {
  server = await TestApp.open();
  const repository = path.join(await temporaryFolder(), 'repository');
  await mkdir(repository);
  await git(repository, ['init', '--quiet', '--initial-branch=main']);
  await writeFile(path.join(repository, 'azure-pipelines.yml'), yaml);
  await git(repository, ['add', '--all']);
  const author = ['-c', 'user.name=Ann', '-c', 'user.email=ann@example.com'];
  await git(repository, [...author, 'commit', '--quiet', '-m', 'first']);
  await server.post('/api/v1/delivery-pipelines', {
    name: 'CI',
    repository: { location: repository },
    variables: [{ name: 'key', value: 'hunter2', isSecret: true }],
  });
});
afterAll(() => server.close());

/** An agent as its process would be, but that every word of it is the test's. */
class Agent {
  readonly token: string;
  readonly session = randomUUID();

  constructor(token: string) {
    this.token = token;
  }

  static async make(name: string, pool = 'gpu'): Promise<Agent> {
    const made = await server.post('/api/v1/agents', { name, pool });
    const agent = new Agent(textAt(made, 'credential'));
    await agent.open();
    return agent;
  }

  call(method: string, place: string, payload?: object): Promise<Answer> {
    const options = { token: this.token, ...(payload !== undefined && { payload }) };
    return server.call(method, `/api/v1/agent/${place}`, options);
  }

  open(session = this.session): Promise<Answer> {
    const facts = { version: '1.0', slots: 1, capabilities: { git: '' } };
    return this.call('POST', 'session', { session, ...facts });
  }

  poll(...holding: readonly string[]): Promise<Answer> {
    const leases = holding.map((lease) => ({ lease }));
    return this.call('POST', 'poll', { session: this.session, holding: leases });
  }

  /** Waits for a job, and gives its lease. */
  async take(): Promise<string> {
    return textAt(await this.poll(), 'offer.lease');
  }

  end(lease: string, result = 'succeeded'): Promise<Answer> {
    const end = { result, outputs: {}, secretOutputs: [], problem: null };
    return this.call('PUT', `leases/${lease}/end`, end);
  }
}

async function queue(): Promise<string> {
  return textAt(await server.post('/api/v1/builds', { pipeline: 'CI' }), 'id');
}

async function resultOf(build: string): Promise<string> {
  return until('the build ends', async () => {
    const { result } = await server.context.delivery.builds.get(build);
    return result;
  });
}

const refused = (status: number, code: string) => ({ status, json: { error: { code } } });
const lost = refused(409, 'AGENT_LEASE_LOST');

describe('an agent', () => {
  test('is registered, listed, disabled and deleted by its name', async () => {
    const made = await server.post('/api/v1/agents', { name: 'One', pool: 'spare' });
    expect(made).toMatchObject({ status: 201, json: { pool: 'spare', state: 'offline' } });
    expect(textAt(made, 'credential')).toMatch(/^rda_/);
    const url = '/api/v1/agents/one';
    expect((await server.get(url)).text).not.toContain('rda_');
    const disabled = await server.call('PATCH', url, { payload: { enabled: false } });
    expect(disabled.json).toMatchObject({ name: 'One', enabled: false });
    const again = await server.post('/api/v1/agents', { name: 'one', pool: 'spare' });
    expect(again).toMatchObject(refused(409, 'AGENT_EXISTS'));
    const replaced = await server.post('/api/v1/agents', {
      name: 'one',
      pool: 'spare',
      replace: true,
    });
    expect(replaced.status).toBe(201);
    const old = new Agent(textAt(made, 'credential'));
    expect(await old.open()).toMatchObject(refused(401, 'UNAUTHENTICATED'));
    expect((await server.call('DELETE', `${url}?forgetPool=true`)).status).toBe(204);
    expect(await server.get(url)).toMatchObject(refused(404, 'AGENT_NOT_FOUND'));
  });

  test.each([
    [{ name: 'a/b', pool: 'p' }, "'a/b'"],
    [{ name: 'a', pool: '' }, 'name of the pool'],
    [{ name: 'a', pool: 'Server' }, "the server's own"],
    [{ name: 'x'.repeat(101), pool: 'p' }, 'longer than 100'],
  ])('cannot be %j', async (agent, words) => {
    const answer = await server.post('/api/v1/agents', agent);
    expect(answer).toMatchObject(refused(400, 'AGENT_INVALID'));
    expect(answer.text).toContain(words);
  });

  test('says of itself what is within bounds', async () => {
    const agent = await Agent.make('bounds', 'spare');
    const facts = { session: randomUUID(), version: '1', slots: 0, capabilities: {} };
    expect(await agent.call('POST', 'session', facts)).toMatchObject(refused(400, 'AGENT_INVALID'));
    const session = { ...facts, session: '../x', slots: 1 };
    expect((await agent.call('POST', 'session', session)).status).toBe(400);
    const unknown = await agent.call('POST', 'poll', { session: randomUUID(), holding: [] });
    expect(unknown).toMatchObject(refused(409, 'AGENT_SESSION_UNKNOWN'));
  });
});

describe('a job', () => {
  test('goes to one agent with its secrets, and no other has anything to do with it', async () => {
    const [holder, other] = [await Agent.make('holder'), await Agent.make('other', 'elsewhere')];
    const build = await queue();
    const offer = await holder.poll();
    expect(offer.text).toContain('hunter2');
    const lease = textAt(offer, 'offer.lease');
    const place = `leases/${lease}`;
    const call = { kind: 'vaultSecrets', vault: 'any' };
    const ways = (agent: Agent) => [
      agent.call('POST', `${place}/report`, { steps: [], log: [] }),
      agent.call('PUT', `${place}/calls/${randomUUID()}`, call),
      agent.call('PUT', `${place}/transfers/${randomUUID()}/files/a`, {}),
      agent.call('GET', `${place}/transfers/${randomUUID()}/files/a`),
      agent.end(lease),
    ];
    for (const answer of await Promise.all(ways(other))) expect(answer).toMatchObject(lost);
    expect((await holder.end(lease)).status).toBe(204);
    // Said again, as when the answer was lost.
    expect((await holder.end(lease)).status).toBe(204);
    expect(await resultOf(build)).toBe('succeeded');
    for (const answer of await Promise.all(ways(holder).slice(0, 4)))
      expect(answer).toMatchObject(lost);
    await server.call('DELETE', '/api/v1/agents/holder');
  });

  test('that was offered by an answer that got lost is offered again', async () => {
    const agent = await Agent.make('again');
    const build = await queue();
    const lease = await agent.take();
    expect(await agent.take()).toBe(lease);
    await agent.end(lease);
    expect(await resultOf(build)).toBe('succeeded');
    await server.call('DELETE', '/api/v1/agents/again');
  });

  test('that was given up takes nothing any more from an agent that comes late', async () => {
    const agent = await Agent.make('late');
    const build = await queue();
    const lease = await agent.take();
    const report = { steps: [], log: [{ step: 'main.1', from: 0, lines: ['one'] }] };
    expect((await agent.call('POST', `leases/${lease}/report`, report)).status).toBe(204);
    // Another process of it has come: this one has lost what it had.
    await agent.open(randomUUID());
    expect(await resultOf(build)).toBe('failed');
    expect(await agent.call('POST', `leases/${lease}/report`, report)).toMatchObject(lost);
    expect(await agent.end(lease)).toMatchObject(lost);
    const { stages } = await server.context.delivery.builds.get(build);
    expect(stages[0]?.jobs[0]).toMatchObject({
      agent: 'late',
      problem: expect.stringContaining('was started anew'),
    });
    await server.call('DELETE', '/api/v1/agents/late');
  });

  test('that its agent gives back unbegun goes to another', async () => {
    const leaving = await Agent.make('leaving');
    const build = await queue();
    await leaving.take();
    const { session } = leaving;
    expect((await leaving.call('POST', 'leave', { session })).status).toBe(204);
    const next = await Agent.make('next');
    await next.end(await next.take());
    expect(await resultOf(build)).toBe('succeeded');
    for (const name of ['leaving', 'next']) await server.call('DELETE', `/api/v1/agents/${name}`);
  });

  test('is canceled by the answer to the next question', async () => {
    const agent = await Agent.make('canceled');
    const build = await queue();
    const lease = await agent.take();
    const asked = agent.poll(lease);
    await server.post(`/api/v1/builds/${build}/cancel`);
    expect((await asked).json).toMatchObject({ cancel: [lease] });
    await agent.end(lease, 'canceled');
    expect(await resultOf(build)).toBe('canceled');
    await server.call('DELETE', '/api/v1/agents/canceled');
  });
});

test('lines that come twice count once, and none may be missing between', async () => {
  const agent = await Agent.make('lines');
  const build = await queue();
  const lease = await agent.take();
  const send = (from: number, ...lines: readonly string[]) =>
    agent.call('POST', `leases/${lease}/report`, {
      steps: [step],
      log: [{ step: step.id, from, lines }],
    });
  const step = {
    ...{ id: 'main.1', order: 1, phase: 'main', refName: 's', displayName: 'say' },
    ...{ state: 'inProgress', attempt: 1, issues: [], errorCount: 0, warningCount: 0, details: [] },
  };
  for (const answer of [await send(0, 'a', 'b'), await send(0, 'a', 'b', 'c'), await send(3, 'd')])
    expect(answer.status).toBe(204);
  expect(await send(5, 'f')).toMatchObject(refused(409, 'AGENT_REPORT_GAP'));
  expect((await send(4, 'one\ntwo')).status).toBe(400);
  await agent.end(lease);
  await resultOf(build);
  const { lines } = await server.context.delivery.builds.log(build, 1);
  expect(lines).toEqual(['a', 'b', 'c', 'd']);
  await server.call('DELETE', '/api/v1/agents/lines');
});

test('a pool that no agent was ever of is the server itself; a known one waits, until it is forgotten', async () => {
  const build = await queue();
  await until('its job waits for an agent', async () => {
    const { stages } = await server.context.delivery.builds.get(build);
    return stages[0]?.jobs[0]?.waitsFor === 'waits for an agent of pool gpu: it has none';
  });
  await server.post('/api/v1/agents', { name: 'last', pool: 'GPU' });
  await server.call('DELETE', '/api/v1/agents/last?forgetPool=true');
  expect(await resultOf(build)).toBe('succeeded');
  const here = await queue();
  expect(await resultOf(here)).toBe('succeeded');
  const after = await server.context.delivery.builds.get(here);
  expect(after.stages[0]?.jobs[0]?.agent).toBeNull();
});
