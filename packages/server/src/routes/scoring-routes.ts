// The scoring addresses of all endpoints. The gateway of the endpoints package checks the keys and
// finds the instance; here only HTTP is handed over and back.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anyone } from '../auth/access.ts';
import type { ServerContext } from '../server-context.ts';
import { streamBodies } from './streamed-bodies.ts';

const prefix = '/api/v1/service/:name';

export function scoringRoutes(app: FastifyInstance, { endpoints }: ServerContext): void {
  app.register(async (scope) => {
    streamBodies(scope);

    const forward = async (request: FastifyRequest, reply: FastifyReply) => {
      const { name } = request.params as { name: string };
      const answer = await endpoints.forward(name, {
        method: request.method,
        path: pathAtInstance(request.url),
        headers: request.headers,
        body: (request.body as FastifyRequest['raw'] | undefined) ?? null,
        signal: callerGone(reply),
      });
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    };

    // Open to anyone for the server's own tokens, as the endpoint's keys guard these addresses.
    const ofScoring = (summary: string) => ({ ...anyone, schema: { tags: ['scoring'], summary } });
    scope.get(`${prefix}/`, ofScoring('`Healthy` while the endpoint answers'), forward);
    scope.get(`${prefix}/swagger.json`, ofScoring('What /score takes and gives'), forward);
    scope.route({
      method: ['GET', 'POST', 'OPTIONS'],
      url: `${prefix}/score`,
      ...ofScoring('Score rows: `{"data": [[…]]}` gives `{"result": […]}`'),
      handler: forward,
    });
  });
}

/** `/api/v1/service/name/score?x=1` → `/score?x=1` */
function pathAtInstance(url: string): string {
  return url.replace(/^\/api\/v1\/service\/[^/?]+/, '');
}

// The framework's own signal also aborts once a body has been read to its end, so this one looks at
// the answer: a connection that closes before it is finished has no caller any more.
function callerGone({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
