// A disk that is full, and has room again: what the system lets the server's files grow to is taken
// away from under it, and given back.
import { execFile, spawnSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ServerProcess } from '../test/server-process.ts';
import { temporaryFolder } from '../test/temporary-folder.ts';
import { newRun, type Reply, TrackingClient } from '../test/tracking-client.ts';

const canLimit = spawnSync('prlimit', ['--version']).status === 0;
const reason = 'prlimit, which only Linux has, is not here';

let server: ServerProcess;
let client: TrackingClient;
let run_id: string;

beforeAll(async () => {
  if (!canLimit) return;
  server = ServerProcess.load('serve-all', path.join(await temporaryFolder(), 'workspace'));
  client = new TrackingClient(await server.serve());
  run_id = await newRun(client);
});
afterAll(() => server?.kill());

const limitFiles = (bytes: number | 'unlimited') =>
  promisify(execFile)('prlimit', ['--pid', String(server.pid), `--fsize=${bytes}:unlimited`]);

const pointsAtOnce = 500;
const logBatch = (batch: number): Promise<Reply | null> =>
  client.post('runs/log-batch', {
    run_id,
    metrics: Array.from({ length: pointsAtOnce }, (_, index) => ({
      ...{ key: 'loss', value: index, timestamp: 1, step: batch * pointsAtOnce + index },
    })),
  });

async function pointsThere(): Promise<number> {
  const query = { run_id, metric_key: 'loss', max_results: '25000' };
  return ((await client.get('metrics/get-history', query)).json.metrics as object[]).length;
}

const place = () => `0/${run_id}/artifacts/model.bin`;
const noRoom = { status: 507, json: { error_code: 'RESOURCE_EXHAUSTED' } };

test('is told as such, leaves no half of anything, lets all be read, and is over by itself', async ({
  skip,
}) => {
  skip(!canLimit, reason);
  expect(await logBatch(0)).toMatchObject({ status: 200 });
  await limitFiles(30_000);
  let batches = 1;
  let refused = await logBatch(batches);
  while (refused?.status === 200 && batches < 40) {
    batches += 1;
    refused = await logBatch(batches);
  }
  expect(refused).toMatchObject(noRoom);
  expect(refused?.json.message).toMatch(/make room|free some space/);
  expect(await pointsThere()).toBe(batches * pointsAtOnce);

  const model = Buffer.alloc(200_000, 'm');
  expect(await client.upload(place(), model)).toMatchObject(noRoom);
  expect(await client.download(place())).toBeNull();
  const { json } = await client.get('artifacts/list', { run_id });
  expect(json.files ?? []).toEqual([]);

  await limitFiles('unlimited');
  expect(await logBatch(batches)).toMatchObject({ status: 200 });
  expect(await pointsThere()).toBe((batches + 1) * pointsAtOnce);
  expect(await client.upload(place(), model)).toMatchObject({ status: 200 });
  expect(model.equals((await client.download(place())) ?? Buffer.alloc(0))).toBe(true);
});
