// How fast the API answers while 1,000 pipelines wait, and while the engine works through them.
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RidgelineClient } from '@ridgeline/client';
import { single, submissionOf } from './pipelines.ts';
import { openServer } from './server-process.ts';
import { row, spreadOf, timed } from './statistics.ts';

const slots = 2;
const queued = 1_000;
const rounds = 200;

export async function measureQueue(): Promise<void> {
  const server = await openServer(slots);
  try {
    const gate = path.join(server.folder, 'gate');
    const wait = `while ! test -e '${gate}'; do sleep 0.2; done`;
    for (let slot = 0; slot < slots; slot += 1) {
      await server.client.jobs.submit(submissionOf(single(wait), `holds slot ${slot}`));
    }
    console.log(`| ${queued} pipelines | request | p50 ms | p95 ms | max ms |`);
    console.log('| --- | --- | --- | --- | --- |');
    const submits: number[] = [];
    for (let i = 0; i < queued; i += 1) submits.push(await submit(server.client, i));
    print('as they come in', 'POST job', submits);
    await measureRequests(server.client, 'while they wait');
    await writeFile(gate, '');
    await measureRequests(server.client, 'while they run');
  } finally {
    await server.close();
  }
}

async function measureRequests(client: RidgelineClient, when: string): Promise<void> {
  const lists: number[] = [];
  const reads: number[] = [];
  const submits: number[] = [];
  const [{ id = '' } = {}] = await client.jobs.list({ limit: 1 });
  for (let round = 0; round < rounds; round += 1) {
    lists.push(await timed(() => client.jobs.list({ limit: 100 })));
    reads.push(await timed(() => client.jobs.get(id)));
    submits.push(await submit(client, queued + round));
  }
  print(when, 'GET jobs (100 of them)', lists);
  print(when, 'GET job', reads);
  print(when, 'POST job', submits);
}

function submit(client: RidgelineClient, i: number): Promise<number> {
  return timed(() => client.jobs.submit(submissionOf(single(), `queued ${i}`)));
}

function print(when: string, request: string, times: readonly number[]): void {
  const { p50, p95, max } = spreadOf(times);
  console.log(row(when, request, p50, p95, max));
}
