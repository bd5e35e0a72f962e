// How much time a step takes that does nothing: alone, in a chain, and side by side with others.
import { setTimeout as delay } from 'node:timers/promises';
import type { Job, RidgelineClient } from '@ridgeline/client';
import { isEnded } from '@ridgeline/client';
import { chain, fanOut, single, submissionOf } from './pipelines.ts';
import { type BenchServer, openServer } from './server-process.ts';
import { row, spreadOf } from './statistics.ts';

const slots = 2;

export async function measureOverhead(): Promise<void> {
  const server = await openServer(slots);
  try {
    console.log('| steps that do nothing | measured | p50 ms | p95 ms | max ms |');
    console.log('| --- | --- | --- | --- | --- |');
    // The first jobs pay for what is compiled and loaded only once.
    await alone(server, 20);
    const jobs = spreadOf(await alone(server, 200));
    console.log(
      row('a job of one step, submit to finished', `${jobs.count} jobs`, ...figures(jobs)),
    );
    const steps = spreadOf(await inChain(server, 100));
    console.log(row('one step more in a chain', `${steps.count} steps`, ...figures(steps)));
    for (const width of [50, 200]) {
      const wall = await wallOf(server.client, fanOut(width), `fan-out ${width}`);
      console.log(row(`${width} steps side by side and a join`, 'wall time', wall, '', ''));
    }
  } finally {
    await server.close();
  }
}

function figures({ p50, p95, max }: ReturnType<typeof spreadOf>) {
  return [p50, p95, max] as const;
}

async function alone({ client }: BenchServer, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i += 1) times.push(await wallOf(client, single(), `single ${i}`));
  return times;
}

/** From the end of each step to the end of the next. */
async function inChain({ client }: BenchServer, length: number): Promise<number[]> {
  const job = await run(client, chain(length), 'chain');
  const ends = job.steps.map(({ endedAt }) => Date.parse(endedAt ?? ''));
  return ends.slice(1).map((end, i) => end - (ends[i] ?? Number.NaN));
}

/** From the moment before it is submitted to the end that the server has noted. */
async function wallOf(client: RidgelineClient, definition: string, name: string): Promise<number> {
  const start = Date.now();
  const { endedAt } = await run(client, definition, name);
  return Date.parse(endedAt ?? '') - start;
}

async function run(client: RidgelineClient, definition: string, name: string): Promise<Job> {
  let job = await client.jobs.submit(submissionOf(definition, name));
  // Asked seldom, and the more seldom the longer the answer: the machine is the server's.
  while (!isEnded(job.status)) {
    await delay(20 + 2 * job.steps.length);
    job = await client.jobs.get(job.id);
  }
  if (job.status !== 'Completed') throw new Error(`${name}: ${job.error?.message}`);
  return job;
}
