// Hears what an agent does, and tells it: people in sentences, programs in lines of JSON.
import type { AgentJobEnd, AgentJobOffer, OpenedAgentSession } from '@ridgeline/client';
import { printJsonLine, printNote } from '../output/print.ts';

export interface AgentListener {
  online(agent: OpenedAgentSession): void;
  jobStarted(offer: AgentJobOffer, job: string): void;
  /** Null: it was given up. */
  jobEnded(offer: AgentJobOffer, job: string, end: AgentJobEnd | null): void;
  away(error: unknown): void;
  back(): void;
}

export function agentListener(json: boolean, server: string): AgentListener {
  const tell = (event: string, details: object, words: string) => {
    if (json) printJsonLine({ event, ...details });
    else printNote(`${new Date().toISOString()} ${words}`);
  };
  return {
    online: ({ name, pool }) =>
      tell(
        'online',
        { name, pool, server },
        `agent ${name} of pool ${pool} is online at ${server}; Ctrl-C ends it`,
      ),
    jobStarted: ({ build }, job) =>
      tell(
        'jobStarted',
        { build: build.id, job },
        `build ${build.id} of ${build.pipeline}: ${job} begins`,
      ),
    jobEnded: ({ build }, job, end) => {
      const result = end?.result ?? null;
      const details = { build: build.id, job, result };
      const words =
        result === null ? 'was given up; the server takes nothing more of it' : `has ${result}`;
      tell('jobEnded', details, `build ${build.id} of ${build.pipeline}: ${job} ${words}`);
    },
    away: (error) => {
      const message = error instanceof Error ? error.message : String(error);
      tell('away', { message }, `${message}; trying again until it answers`);
    },
    back: () => tell('back', {}, 'the server answers again'),
  };
}
