// The right of one agent's process to run one job. As long as the agent comes in time it has it; once
// it is over, nothing that the agent sends is taken any more.
import path from 'node:path';
import { type JobRun, packJobRun } from '@ridgeline/azure-pipelines';
import { tokenOf, withToken } from '../builds/run/access-token.ts';
import type { BuildSurroundings, JobToken } from '../builds/run/build-surroundings.ts';
import { JobServices } from '../builds/run/job-services.ts';
import { AgentCalls } from './agent-calls.ts';
import type { WaitingJob } from './job-queue.ts';
import type { LeaseRow } from './lease-store.ts';
import type { JobOffer } from './poll-answer.ts';
import { StepReports } from './step-reports.ts';
import { Transfers } from './transfers.ts';

export interface LeaseOptions {
  readonly row: LeaseRow;
  readonly waiting: WaitingJob;
  readonly ms: number;
  /** The agent has not come in time. */
  readonly onExpired: (lease: Lease) => void;
}

export class Lease {
  readonly row: LeaseRow;
  readonly waiting: WaitingJob;
  readonly reports: StepReports;
  readonly calls: AgentCalls;
  readonly transfers: Transfers;
  /** The agent has said that it has it. */
  isBegun = false;
  /** It is on the disk that the agent has the job. */
  ready: Promise<void> = Promise.resolve();
  readonly #over = new AbortController();
  readonly #ms: number;
  readonly #onExpired: () => void;
  #timer: NodeJS.Timeout | undefined;
  #token: Promise<JobToken | undefined> | undefined;

  constructor({ row, waiting, ms, onExpired }: LeaseOptions) {
    const { job, around } = waiting;
    this.row = row;
    this.waiting = waiting;
    this.#ms = ms;
    this.#onExpired = () => onExpired(this);
    this.transfers = new Transfers(path.join(around.paths.transfers, row.lease_id));
    this.reports = new StepReports(job.id, around);
    const services = new JobServices(job, around);
    this.calls = new AgentCalls(services, around, this.transfers, this.#over.signal);
    this.renew();
  }

  get id(): string {
    return this.row.lease_id;
  }

  get isCanceling(): boolean {
    return this.waiting.signal.aborted;
  }

  /** The agent was heard: its time begins anew. */
  renew(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.#onExpired, this.#ms);
    // A server that is to end does not wait for it.
    this.#timer.unref();
  }

  async offer(): Promise<JobOffer> {
    await this.ready;
    const { job, around } = this.waiting;
    const { build_id: id, build_number: number } = around.build;
    const { pipeline_name: pipeline, pipeline_id: pipelineId } = around.build;
    return {
      lease: this.id,
      build: { id: String(id), number, pipeline, pipelineId: String(pipelineId) },
      job: packJobRun(withToken(job, await this.#ownToken(job, around))),
      repositories: namesOf(around),
    };
  }

  /** Nothing of it goes on, and what it has put aside is gone. */
  async close(): Promise<void> {
    this.stop();
    await this.ready;
    await (await this.#token)?.revoke();
    await this.transfers.endAll();
  }

  /** This server looks after it no more; the next one may. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#over.abort();
  }

  /** An offer that is made again is the same. */
  #ownToken(job: JobRun, around: BuildSurroundings): Promise<JobToken | undefined> {
    this.#token ??= tokenOf(job, around);
    return this.#token;
  }
}

function namesOf({ kept }: BuildSurroundings): Readonly<Record<string, string>> {
  const pairs = Object.entries(kept.repositories).map(
    ([alias, { name }]) => [alias, name] as const,
  );
  return Object.fromEntries(pairs);
}
