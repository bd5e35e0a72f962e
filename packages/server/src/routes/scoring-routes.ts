// The scoring addresses of all endpoints. The gateway of the endpoints package checks the keys and
// finds the instance; here only HTTP is handed over and back.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { anyone } from '../auth/access.ts';
import { streamBodies } from '../http/streamed-bodies.ts';
import { endpointKey } from '../openapi/security.ts';
import type { ServerContext } from '../server-context.ts';

const prefix = '/api/v1/service/:name';
const tags = ['scoring'];
const health = { tags, summary: '`Healthy` while the endpoint answers' };
const swagger = { tags, summary: 'What /score takes and gives', security: [endpointKey] };
const score = {
  tags,
  summary: 'Score rows: `{"data": [[…]]}` gives `{"result": […]}`',
  security: [endpointKey],
};

export function scoringRoutes(app: FastifyInstance, { endpoints }: ServerContext): void {
  app.register(async (scope) => {
    streamBodies(scope);

    const forward = async (request: FastifyRequest, reply: FastifyReply) => {
      const { name } = request.params as { name: string };
      const answer = await endpoints.forward(name, {
        method: request.method,
        path: pathAtInstance(request.url),
        headers: request.headers,
        body: request.body === undefined ? null : request.raw,
        signal: callerGone(reply),
      });
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    };

    // Open to anyone as far as the server's own tokens go: the endpoint's keys guard these.
    scope.get(`${prefix}/`, { ...anyone, schema: health }, forward);
    scope.get(`${prefix}/swagger.json`, { ...anyone, schema: swagger }, forward);
    const url = `${prefix}/score`;
    for (const method of ['GET', 'POST', 'OPTIONS'] as const) {
      scope.route({ method, url, ...anyone, schema: score, handler: forward });
    }
  });
}

/** `/api/v1/service/name/score?x=1` → `/score?x=1` */
function pathAtInstance(url: string): string {
  return url.replace(/^\/api\/v1\/service\/[^/?]+/, '');
}

/** Aborts when the connection closes before the answer is out. */
function callerGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
