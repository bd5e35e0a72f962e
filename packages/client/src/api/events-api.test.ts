import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  hangUp,
  json,
  RecordingServer,
  testClient,
} from '../../test/recording-server.ts';
import type { RidgelineClient } from '../ridgeline-client.ts';
import type { WorkspaceEvent } from '../wire/event.ts';

let server: RecordingServer;
let client: RidgelineClient;
beforeEach(async () => {
  server = await RecordingServer.start();
  client = testClient(server.url);
});
afterEach(() => server.stop());

/** A stream that ends after these, or breaks off. */
function stream(...events: readonly string[]): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    response.end(events.join(''));
  };
}

function brokenStream(...events: readonly string[]): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(events.join(''), () => response.destroy());
  };
}

const silent: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write('id: 9\nevent: ready\ndata: {}\n\n');
};
const ready = 'id: 1\nevent: ready\ndata: {}\n\n';
const build = (id: number) =>
  `id: ${id}\nevent: build\ndata: {"kind":"build","buildId":"${id}"}\n\n`;

async function take(events: AsyncGenerator<WorkspaceEvent>, count: number) {
  const taken: WorkspaceEvent[] = [];
  for await (const event of events) if (taken.push(event) === count) break;
  return taken;
}

describe('events', () => {
  it('are asked for by what they are of', async () => {
    server.answer(stream(ready));
    const query = { kinds: ['run', 'metrics'], experiments: ['1', '2'], job: 'j' } as const;
    await take(client.events.follow(query), 1);
    expect(server.lines).toEqual([
      'GET /api/v1/events?kinds=run%2Cmetrics&experiments=1%2C2&job=j',
    ]);
  });

  it('go on over another connection from where the last one broke', async () => {
    const reset = 'id: 5\nevent: reset\ndata: {"reason":"late"}\n\n';
    server.answer(brokenStream(ready, build(2)), hangUp, stream(ready, build(3)), stream(reset));
    expect(await take(client.events.follow(), 5)).toEqual([
      { kind: 'ready' },
      { kind: 'build', buildId: '2' },
      { kind: 'ready' },
      { kind: 'build', buildId: '3' },
      { kind: 'reset', reason: 'late' },
    ]);
    const ids = server.requests.map(({ headers }) => headers['last-event-id']);
    expect(ids).toEqual([undefined, '2', '2', '3']);
  });

  it('that are no more, though the connection stands, are asked for again', async () => {
    server.answer(silent, stream(build(10)));
    expect(await take(client.events.follow({}, { silenceMs: 50 }), 2)).toEqual([
      { kind: 'ready' },
      { kind: 'build', buildId: '10' },
    ]);
  });

  it('that are refused say why', async () => {
    server.answer(json({ error: { code: 'JOB_NOT_FOUND', message: 'none' } }, 404));
    await expect(take(client.events.follow(), 1)).rejects.toMatchObject({ code: 'JOB_NOT_FOUND' });
    server.answer(json({}));
    await expect(take(client.events.follow(), 1)).rejects.toMatchObject({
      code: 'ANSWER_NOT_UNDERSTOOD',
    });
  });

  it('end with the signal', async () => {
    server.answer(silent);
    const ending = new AbortController();
    const events = client.events.follow({}, { signal: ending.signal });
    await events.next();
    ending.abort(new Error('Ctrl-C'));
    await expect(events.next()).rejects.toThrow('Ctrl-C');
  });
});

describe('who waits for changes', () => {
  const job = (status: string) => json({ id: 'j', status, steps: [] });

  it('asks once in the beginning, once when all is told, and then for each change', async () => {
    let tell = () => {};
    const events: Answer = (response) => {
      silent(response, server.requests[0] as never);
      tell = () => response.write('event: job\ndata: {"kind":"job","jobId":"j"}\n\n');
    };
    server.answer(job('Queued'), events, job('Running'), job('Completed'));
    const seen: string[] = [];
    for await (const { status } of client.jobs.watch('j')) {
      seen.push(status);
      if (status === 'Running') tell();
    }
    expect(seen).toEqual(['Queued', 'Running', 'Completed']);
    expect(server.lines.filter((line) => line.includes('events'))).toHaveLength(1);
  });

  it('asks at a pace where the server cannot tell', async () => {
    const unknown = json({ error: { code: 'ROUTE_NOT_FOUND', message: 'no route' } }, 404);
    server.answer(job('Queued'), unknown, job('Running'), job('Canceled'));
    expect(await client.jobs.wait('j')).toMatchObject({ status: 'Canceled' });
    expect(server.lines.filter((line) => line.includes('events'))).toHaveLength(1);
  });
});
