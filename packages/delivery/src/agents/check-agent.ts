// The rules for what is said of an agent: by its owner, and by itself.
import { shorten } from '@ridgeline/azure-pipelines';
import { Mistakes } from '../assets/mistakes.ts';
import { type AgentFacts, agentLimits, type NewAgent } from './agent.ts';

/** What files mean by it needs no agent: no job would ever come. */
const takenPools: ReadonlySet<string> = new Set(['server']);

/** @throws DeliveryError AGENT_INVALID */
export function checkNewAgent({ name, pool }: NewAgent): void {
  const mistakes = new Mistakes();
  checkName(mistakes, 'agent', name);
  checkName(mistakes, 'pool', pool);
  if (takenPools.has(pool.toLowerCase()))
    mistakes.add(`the pool '${pool}' is the server's own; give another name, such as 'linux'`);
  mistakes.throwIfAny('AGENT_INVALID');
}

/** @throws DeliveryError AGENT_INVALID */
export function checkFacts({ version, slots, capabilities }: AgentFacts): void {
  const mistakes = new Mistakes();
  if (version.length > agentLimits.nameLength) mistakes.add('the version is too long');
  if (slots < 1 || slots > agentLimits.slots)
    mistakes.add(`an agent has 1 to ${agentLimits.slots} slots, not ${slots}`);
  const entries = Object.entries(capabilities);
  if (entries.length > agentLimits.capabilities)
    mistakes.add(`there are more than ${agentLimits.capabilities} capabilities`);
  const longest = agentLimits.capabilityLength;
  const long = entries.find(([name, value]) => name.length + value.length > longest);
  if (long !== undefined)
    mistakes.add(`the capability '${shorten(long[0])}' is longer than ${longest} characters`);
  mistakes.throwIfAny('AGENT_INVALID');
}

/** It stands in addresses and in YAML as it is. */
function checkName(mistakes: Mistakes, what: string, name: string): void {
  const longest = agentLimits.nameLength;
  if (name.length > longest) mistakes.add(`the name of the ${what} is longer than ${longest}`);
  else if (!/^[A-Za-z0-9](?:[A-Za-z0-9 ._-]*[A-Za-z0-9_])?$/.test(name))
    mistakes.add(
      `the name of the ${what} '${shorten(name)}' cannot be; use letters, digits, '.', '_', '-' and blanks within, such as 'gpu-1'`,
    );
}
