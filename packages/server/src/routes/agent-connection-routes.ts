// What agents themselves call: they come, ask for work, and tell what becomes of it. Each route knows
// the agent by its credential; what is of a job is only taken from the agent that has its lease.
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { AgentRow } from '@ridgeline/delivery';
import type { FastifyReply } from 'fastify';
import Type from 'typebox';
import { agentOnly } from '../auth/access.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import { Call } from './agent-call-schema.ts';
import { End, Leave, Poll, Report, Session, Uuid } from './agent-schemas.ts';

const Lease = Type.Object({ lease: Uuid });
const OneCall = Type.Object({ lease: Uuid, call: Uuid });

const tags = ['agents'];
const open = {
  tags,
  summary: "A process of the agent comes; an earlier one's jobs are lost",
  body: Session,
};
const poll = {
  tags,
  summary:
    'Say what is held and ask for work; waits until there is news, a third of a lease at most',
  body: Poll,
};
const leave = { tags, summary: 'The agent goes; what it holds is given up', body: Leave };
const report = {
  tags,
  summary: 'Records of steps and lines of their logs; twice is as once',
  params: Lease,
  body: Report,
};
const call = {
  tags,
  summary: "What a step asks of the server; the same call's answer is the same",
  params: OneCall,
  body: Call,
};
const end = { tags, summary: 'The job has ended; twice is as once', params: Lease, body: End };

const address = '/api/v1/agent';
const mebibyte = 1024 * 1024;

export function agentConnectionRoutes({ delivery }: ServerContext): FastifyPluginAsyncTypebox {
  const { connections, polls } = delivery.agents;
  return async (app) => {
    app.post(`${address}/session`, { ...agentOnly, schema: open }, async ({ agent, body }) => {
      const { session, ...facts } = body;
      return polls.open(asAgent(agent), session, facts);
    });

    app.post(`${address}/poll`, { ...agentOnly, schema: poll }, async ({ agent, body }, reply) =>
      polls.poll(asAgent(agent), body, goneSignal(reply)),
    );

    app.post(
      `${address}/leave`,
      { ...agentOnly, schema: leave },
      async ({ agent, body }, reply) => {
        polls.leave(asAgent(agent), body.session);
        return reply.code(204).send();
      },
    );

    app.post(
      `${address}/leases/:lease/report`,
      { ...agentOnly, bodyLimit: 16 * mebibyte, schema: report },
      async ({ agent, params, body }, reply) => {
        await connections.report(asAgent(agent), params.lease, body);
        return reply.code(204).send();
      },
    );

    app.put(
      `${address}/leases/:lease/calls/:call`,
      { ...agentOnly, bodyLimit: 64 * mebibyte, schema: call },
      async ({ agent, params, body }) =>
        connections.call(asAgent(agent), params.lease, params.call, body),
    );

    app.put(
      `${address}/leases/:lease/end`,
      { ...agentOnly, bodyLimit: 16 * mebibyte, schema: end },
      async ({ agent, params, body }, reply) => {
        const { result, outputs, secretOutputs, problem } = body;
        const outcome = {
          result,
          outputs: new Map(Object.entries(outputs)),
          secretOutputs: new Set(secretOutputs),
        };
        await connections.end(asAgent(agent), params.lease, outcome, problem);
        return reply.code(204).send();
      },
    );
  };
}

/** Access has seen to it that there is one. */
export function asAgent(agent: AgentRow | null): AgentRow {
  if (agent !== null) return agent;
  throw new ServerError('PERMISSION_DENIED', 'only an agent may do this');
}

/** Fires when nobody waits for the answer any more. */
function goneSignal(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}
