// The stream of changes over a real connection: read along, broken off, gone on with.
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readEvents } from '../../test/read-events.ts';
import { TestApp } from '../../test/test-app.ts';

let server: TestApp;
beforeAll(async () => {
  server = await TestApp.open();
});
afterAll(() => server.close());

const address = '/api/v1/events';

function open(query = '', headers: Readonly<Record<string, string>> = {}, token = server.token) {
  return readEvents(`${server.url}${address}${query}`, token, headers);
}

async function setTag(runId: string, key: string): Promise<void> {
  await server.mlflow('POST', 'runs/set-tag', { run_id: runId, key, value: '1' });
}

describe('who reads', () => {
  test('has each change as it happens, and nothing of what failed', async () => {
    await using events = await open();
    expect(await events.next()).toMatchObject({ event: 'ready' });
    const experiment = { name: `told-${Date.now()}` };
    await server.mlflow('POST', 'experiments/create', experiment);
    await server.mlflow('POST', 'experiments/create', experiment);
    const model = { name: 'told' };
    await server.mlflow('POST', 'registered-models/create', model);
    await server.mlflow('POST', 'registered-models/set-tag', { ...model, key: 'k', value: 'v' });
    expect(await events.take(3)).toMatchObject([
      { event: 'experiment', data: { action: 'created' } },
      { event: 'model', data: { action: 'created', name: 'told' } },
      { event: 'model', data: { action: 'updated', name: 'told' } },
    ]);
  });

  test('goes on after a lost connection where it was', async () => {
    const runId = await server.run();
    const first = await open(`?run=${runId}`);
    await first.next();
    await setTag(runId, 'a');
    const [{ id }] = await first.take(1);
    await first[Symbol.asyncDispose]();
    await setTag(runId, 'b');
    await using second = await open(`?run=${runId}`, { 'last-event-id': id });
    await setTag(runId, 'c');
    expect(await second.take(3)).toMatchObject([
      { event: 'ready', id },
      { event: 'tags', data: { keys: ['b'] } },
      { event: 'tags', data: { keys: ['c'] } },
    ]);
  });

  test('is told to read again where it cannot go on', async () => {
    for (const id of ['00000000-7', 'nonsense']) {
      await using events = await open('?kinds=build', { 'last-event-id': id });
      expect(await events.take(2)).toMatchObject([{ event: 'ready' }, { event: 'reset' }]);
    }
  });

  test('is told how to be proxied', async () => {
    await using events = await open();
    expect(Object.fromEntries(events.headers)).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
  });
});

describe('the log of a step', () => {
  test('is told as it grows, to who follows its job', async () => {
    const jobs = { say: { command: 'echo one; sleep 1; echo two' } };
    const definition = JSON.stringify({ type: 'pipeline', jobs });
    const sent = { definition, fileName: 'say.yml', code: {}, uploads: {} };
    const job = await server.context.jobs.submit(sent);
    await using events = await open(`?job=${job.id}`);
    const told = await events.until(
      ({ data }) => data.kind === 'job' && data.status === 'Completed',
    );
    const logs = told.filter(({ event }) => event === 'log');
    const growth = { kind: 'log', jobId: job.id, step: 'say', attempt: 1 };
    expect(logs.map(({ data }) => data)).toMatchObject([
      { ...growth, sizeBytes: 4 },
      { ...growth, sizeBytes: 8 },
    ]);
    const states = told.filter(({ data }) => data.kind === 'step' && data.status !== undefined);
    expect(states.at(-1)).toMatchObject({ data: { step: 'say', status: 'Completed' } });
  });
});

describe('a step', () => {
  test('has what is of its own job, whatever it asks for', async () => {
    const step = await server.step();
    const other = await server.run();
    await using events = await open('', {}, step.token);
    await events.next();
    await setTag(other, 'other');
    await server.mlflow('POST', 'registered-models/create', { name: 'not of the job' });
    await setTag(step.runId, 'own');
    expect(await events.take(1)).toMatchObject([{ data: { runId: step.runId, keys: ['own'] } }]);
    const refused = await server.get(`${address}?run=${other}&job=${other}`, { token: step.token });
    expect(refused).toMatchObject({ status: 403, json: { error: { code: 'PERMISSION_DENIED' } } });
  });
});

describe('a question that cannot be answered', () => {
  test.each([
    [
      '?kinds=runs',
      400,
      "kinds names 'runs', which is no kind of event; there are experiment, run",
    ],
    ['?jobs=1', 400, "parameter 'jobs' is not known here"],
    ['?job=none', 404, "no job has the id 'none'"],
    ['?run=none', 404, 'Run with id=none not found'],
    ['?loggedModel=none', 404, "Logged model with ID 'none' not found"],
    ['?build=0', 404, "there is no build '0'"],
    [`?model=${'x'.repeat(300)}`, 400, 'must not have more than 256 characters'],
  ])('%s says what is wrong', async (query, status, message) => {
    const answer = await server.get(`${address}${query}`);
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({ error: { message: expect.stringContaining(message) } });
  });
});

describe('many, and slow ones', () => {
  test('one can read so many streams and no more, until some have ended', async () => {
    const { tokens } = server.context.workspace.identity;
    const owner = { kind: 'token', id: 'admin' } as const;
    const asked = {
      name: 'many',
      owner,
      role: 'Reader',
      atMost: ['Owner'],
      madeBy: 'test',
    } as const;
    const { token } = await tokens.create(asked);
    const streams = await Promise.all(Array.from({ length: 50 }, () => open('', {}, token)));
    const refused = await server.get(address, { token });
    expect(refused).toMatchObject({ status: 429, json: { error: { code: 'TOO_MANY_STREAMS' } } });
    expect(refused.headers['retry-after']).toBe('10');
    await Promise.all(streams.map((each) => each[Symbol.asyncDispose]()));
    await vi.waitFor(async () => {
      await using again = await open('', {}, token);
      expect(again.status).toBe(200);
    });
  });

  test('who does not read holds nobody up, and costs no memory', async () => {
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `GET ${address} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${server.token}\r\n\r\n`,
    );
    await new Promise((resolve) => socket.once('readable', resolve));
    const { changes } = server.context.workspace;
    const name = 'x'.repeat(5_000);
    // Far more than the buffers of two sockets, and than is kept.
    for (let round = 0; round < 40; round += 1) {
      for (let n = 0; n < 500; n += 1)
        changes.publish({ kind: 'endpoint', action: 'updated', name });
      await new Promise(setImmediate);
    }
    await using events = await open('?kinds=tags');
    await events.next();
    const runId = await server.run();
    await setTag(runId, 'after');
    expect(await events.take(1)).toMatchObject([{ data: { keys: ['after'] } }]);
    let text = '';
    for await (const bytes of socket) {
      text = `${text.slice(-1_000)}${bytes}`;
      if (text.includes('"later"')) break;
      if (text.includes('is not kept any more') && text.endsWith('\n'))
        await setTag(runId, 'later');
    }
    expect(text).toContain('event: reset');
    expect(text).toContain('"later"');
  });
});

test('a server that stops ends its streams at once', async () => {
  const stopping = await TestApp.open();
  await using events = await readEvents(`${stopping.url}${address}`, stopping.token);
  await events.next();
  await stopping.close();
  expect(await events.next()).toBeNull();
});
