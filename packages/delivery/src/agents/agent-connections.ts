// What agents call of one of their leases: each call is of one agent, whose credential the caller has
// checked, and the lease has to be that agent's and not over.
import type { Readable } from 'node:stream';
import type { JobOutcome } from '@ridgeline/azure-pipelines';
import type { AgentCall, CallAnswer } from './agent-call.ts';
import type { AgentJobs } from './agent-jobs.ts';
import type { AgentRegistry, AgentRow } from './agent-registry.ts';
import type { Leases } from './leases.ts';
import type { RequestRate } from './request-rate.ts';
import type { StepReport } from './step-reports.ts';

export interface ConnectionParts {
  readonly registry: AgentRegistry;
  readonly leases: Leases;
  readonly jobs: AgentJobs;
  readonly rate: RequestRate;
}

export class AgentConnections {
  readonly #parts: ConnectionParts;

  constructor(parts: ConnectionParts) {
    this.#parts = parts;
  }

  /** Whose credential it is. @throws DeliveryError AGENT_TOO_MANY_REQUESTS */
  authenticate(credential: string): AgentRow | undefined {
    const row = this.#parts.registry.authenticate(credential);
    if (row !== undefined) this.#parts.rate.take(row.agent_id);
    return row;
  }

  async report({ agent_id: id }: AgentRow, lease: string, report: StepReport): Promise<void> {
    await this.#lease(id, lease).reports.take(report);
  }

  async call(agent: AgentRow, lease: string, id: string, call: AgentCall): Promise<CallAnswer> {
    return this.#lease(agent.agent_id, lease).calls.answer(id, call);
  }

  async writeFile(
    { agent_id: id }: AgentRow,
    lease: string,
    transfer: string,
    file: { readonly path: string; readonly isExecutable: boolean },
    content: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const { transfers } = this.#lease(id, lease);
    await transfers.write(transfer, file.path, content, file.isExecutable);
  }

  async readFile(
    { agent_id: id }: AgentRow,
    lease: string,
    transfer: string,
    file: string,
  ): Promise<{ readonly sizeBytes: number; readonly stream: Readable }> {
    return this.#lease(id, lease).transfers.read(transfer, file);
  }

  /** Resolves when the end is on the disk; a second time it does nothing more. */
  async end(
    { agent_id: id }: AgentRow,
    leaseId: string,
    outcome: JobOutcome,
    problem: string | null,
  ): Promise<void> {
    const { leases, jobs } = this.#parts;
    const lease = leases.find(leaseId, id);
    if (lease === undefined && (await leases.hasEnded(leaseId, id))) return;
    await leases.settle(leases.get(leaseId, id), 'ended', outcome, problem);
    jobs.match();
  }

  #lease(agentId: string, id: string) {
    const lease = this.#parts.leases.get(id, agentId);
    lease.isBegun = true;
    return lease;
  }
}
