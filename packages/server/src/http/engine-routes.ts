// Of several servers of a workspace one runs the engines. The others answer all that is only stored
// and read, which is all of tracking and the registry; what asks an engine to do something they refuse.
import type { FastifyInstance } from 'fastify';
import { ServerError } from '../errors/server-error.ts';

/** Routes that ask an engine even where they only read. */
const always = /^\/api\/v1\/(service|agents?)\b/;
/** Routes that ask an engine where they change something. */
const onChange =
  /^\/api\/v1\/(jobs|endpoints|pipelines|pipelineEndpoints|schedules|builds|delivery-|service-connections|variable-groups|secure-files|datastores)|\/PipelineRuns\b/;

export function asksEngines(method: string, route: string): boolean {
  const isRead = method === 'GET' || method === 'HEAD';
  return always.test(route) || (!isRead && onChange.test(route));
}

/** To be called after access was checked, for who may not ask is not told more. */
export function refuseWithoutEngines(app: FastifyInstance, areRunning: () => boolean): void {
  app.addHook('onRequest', async ({ method, routeOptions: { url = '' } }) => {
    if (areRunning() || !asksEngines(method, url)) return;
    throw new ServerError(
      'ENGINES_ELSEWHERE',
      'another server of this workspace runs its jobs, endpoints and builds, or is about to: ' +
        'ask that one, or try again in half a minute',
    );
  });
}
