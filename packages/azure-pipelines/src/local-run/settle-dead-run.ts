// A run whose process is gone without a word: killed, or the machine went down. It is told as what
// it is, its jobs that had not ended with it, and what they left running is ended.
import { killMarked } from '../execute/kill-group.ts';
import { isAlive } from './process-identity.ts';
import type { JobRecord, RunRecord } from './run-record.ts';
import type { RunStore } from './run-store.ts';

/** The run as it truly is; what has changed thereby is written down. @throws LocalRunError */
export async function readTrueRun(store: RunStore, number?: number): Promise<RunRecord> {
  const record = await store.read(number);
  if (record.state !== 'running' || isAlive(record.process)) return record;
  return endRun(store, record);
}

/** For a process that ends in the midst of its runs. */
export async function endOwnRuns(store: RunStore): Promise<void> {
  for (const number of await store.numbers()) {
    const record = await store.read(number).catch(() => null);
    if (record?.state === 'running' && record.process.pid === process.pid)
      await endRun(store, record);
  }
}

async function endRun(store: RunStore, record: RunRecord): Promise<RunRecord> {
  for (const job of record.jobs) if (job.state === 'running') await killMarked(job.mark);
  const settled = settle(record);
  store.write(settled);
  return settled;
}

/** Every run of the store that was found dead now. */
export async function settleDeadRuns(store: RunStore): Promise<readonly RunRecord[]> {
  const dead: RunRecord[] = [];
  for (const number of await store.numbers()) {
    const before = await store.read(number).catch(() => null);
    if (before?.state !== 'running' || isAlive(before.process)) continue;
    dead.push(await readTrueRun(store, number));
  }
  return dead;
}

export function settle(record: RunRecord): RunRecord {
  const jobs = record.jobs.map((job) => (job.state === 'running' ? abandon(job) : job));
  return { ...record, state: 'abandoned', jobs };
}

function abandon(job: JobRecord): JobRecord {
  return { ...job, state: 'abandoned' };
}
