// MLflow's routes on a workspace, for tests that kill their server many times: without the engines and
// all that they load it starts in half the time. `node serve-tracking.ts FOLDER` loads at once and
// serves only when told to, so that a test can have the next one ready.
import { once } from 'node:events';
import { flushCompileCache } from 'node:module';
import { openWorkspace } from '@ridgeline/workspace';
import fastify from 'fastify';
import { requestToken } from '../src/auth/request-token.ts';
import { compileRequestSchema } from '../src/http/request-schema.ts';
import { mlflowRoutes } from '../src/mlflow/mlflow-routes.ts';

const [, , folder = ''] = process.argv;
// It ends with whoever holds its stdin.
process.stdin.once('end', () => process.exit());
// Who is killed would write nothing of it.
flushCompileCache();
await once(process.stdin, 'data');
const workspace = await openWorkspace({ folder });
const app = fastify();
app.setValidatorCompiler(compileRequestSchema);
app.decorateRequest('principal', null);
app.addHook('onRequest', async (request) => {
  const token = requestToken(request.headers.authorization) ?? '';
  request.principal = await workspace.identity.authenticate(token);
});
mlflowRoutes(app, { workspace, publicUrl: undefined, jobs: { noteRootWrite: async () => {} } });
const url = await app.listen({ port: 0, host: '127.0.0.1' });
const token = await workspace.identity.adminToken();
process.stdout.write(`${JSON.stringify({ url, token })}\n`);
