// Why a job has no agent yet, in the words in which people read it.
import type { AgentRegistry } from './agent-registry.ts';
import type { AgentSessions } from './agent-sessions.ts';
import { demandsOf, unmetDemand } from './demands.ts';
import type { WaitingJob } from './job-queue.ts';

interface Known {
  readonly registry: AgentRegistry;
  readonly sessions: AgentSessions;
}

export function whyItWaits(waiting: WaitingJob, known: Known): string {
  const pool = known.registry.poolName(waiting.pool) ?? waiting.pool;
  return `waits for an agent of pool ${pool}: ${reasonOf(waiting, known)}`;
}

/** The first of these that leaves nobody. */
function reasonOf({ pool, job }: WaitingJob, { registry, sessions }: Known): string {
  const all = registry.ofPool(pool);
  if (all.length === 0) return 'it has none';
  const enabled = all.filter(({ enabled }) => enabled === 1);
  if (enabled.length === 0)
    return all.length === 1 ? 'its only one is disabled' : 'all are disabled';
  const online = enabled.filter(({ agent_id: id }) => sessions.isOnline(id));
  if (online.length === 0) return 'none is online';
  const unmet = online.map(({ agent_id: id }) =>
    unmetDemand(demandsOf(job), sessions.of(id)?.facts.capabilities ?? {}),
  );
  if (unmet.every((demand) => demand !== undefined))
    return `none that is online meets the demand '${unmet[0]}'`;
  return 'all that could run it are busy';
}
