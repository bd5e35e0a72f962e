// Agents as people read them.
import type { Agent } from '@ridgeline/client';
import { printable } from '../ci/run-printer.ts';
import { formatFields, formatTable, formatTime } from './table.ts';

export function describeAgents(agents: readonly Agent[]): string {
  const rows = agents.map((agent) => [
    agent.name,
    agent.pool,
    stateOf(agent),
    `${agent.jobs.length} of ${agent.slots ?? '?'}`,
    printable(agent.version ?? '-'),
    agent.lastSeenAt === null ? 'never' : formatTime(agent.lastSeenAt),
  ]);
  return formatTable(['AGENT', 'POOL', 'STATE', 'JOBS', 'VERSION', 'LAST SEEN'], rows);
}

export function describeAgent(agent: Agent): string {
  const { capabilities, jobs } = agent;
  return formatFields([
    ['agent', agent.name],
    ['pool', agent.pool],
    ['state', stateOf(agent)],
    ['version', printable(agent.version ?? '-')],
    ['slots', String(agent.slots ?? '-')],
    ...jobs.map(({ build, job }) => ['runs', `${job} of build ${build}`] as const),
    ['created', `${formatTime(agent.createdAt)} by ${agent.createdBy}`],
    ['last seen', agent.lastSeenAt === null ? 'never' : formatTime(agent.lastSeenAt)],
    ...Object.entries(capabilities).map(([name, value]) => {
      return ['capability', printable(value === '' ? name : `${name} = ${value}`)] as const;
    }),
  ]);
}

function stateOf({ state, enabled }: Agent): string {
  return enabled ? state : `${state}, disabled`;
}
