// A server that is killed under load, again and again, over HTTP: the next one has every write that
// was acknowledged, no half of one, and nothing that was refused.
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { ServerProcess } from '../../test/server-process.ts';
import { temporaryFolder } from '../../test/temporary-folder.ts';
import { type Reply, TrackingClient } from '../../test/tracking-client.ts';
import { Writer } from '../../test/tracking-load.ts';

/** On each of the two databases. */
const kills = 25;
const mostAnswers = 80;

/** Has them work until the server has given some answers, and kills it in the midst of the next. */
async function workUntilKilled(
  writers: readonly Writer[],
  client: TrackingClient,
  server: ServerProcess,
): Promise<void> {
  const enough = Promise.withResolvers<void>();
  let answersLeft = Math.ceil(Math.random() * mostAnswers);
  const goesOn = (reply: Reply | null) => {
    answersLeft -= 1;
    if (answersLeft === 0) enough.resolve();
    return reply !== null;
  };
  const working = Promise.all(writers.map((writer) => writer.work(client, goesOn)));
  await Promise.race([enough.promise, working]);
  await delay(Math.random() * 5);
  await server.kill();
  await working;
}

test(`${kills} kills lose nothing that was acknowledged`, { timeout: 120_000 }, async () => {
  const folder = path.join(await temporaryFolder(), 'workspace');
  const load = () => ServerProcess.load('serve-tracking', folder);
  const writers = ['a', 'b', 'c', 'd'].map((name) => new Writer(name));
  let server = load();
  let next = load();
  try {
    let client = new TrackingClient(await server.serve());
    for (const writer of writers) await writer.begin(client);
    for (let kill = 0; kill < kills; kill += 1) {
      await workUntilKilled(writers, client, server);
      server = next;
      next = load();
      client = new TrackingClient(await server.serve());
    }
    const problems = await Promise.all(writers.map((writer) => writer.problems(client)));
    expect(problems.flat()).toEqual([]);
  } finally {
    await Promise.all([server.kill(), next.kill()]);
  }
});
