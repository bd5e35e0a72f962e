// MLflow's routes for uploads in parts to a cloud's storage, and for downloads straight from it.
// Here a file goes through the server in one stream, however large; from the status 501 a client
// knows that, and sends it so.
import type { FastifyInstance } from 'fastify';
import { contributorOrStep, readerOrStep } from '../auth/access.ts';
import { ServerError } from '../errors/server-error.ts';

const tags = ['mlflow'];

export function multipartRoutes(app: FastifyInstance): void {
  for (const step of ['create', 'complete', 'abort']) {
    const schema = { tags, summary: `To ${step} an upload in parts; there are none here` };
    app.post(`/mlflow-artifacts/mpu/${step}/*`, { ...contributorOrStep, schema }, async () => {
      throw unsupported('Multipart upload');
    });
  }
  const schema = { tags, summary: "An address of a cloud's storage; here there is none" };
  app.get('/mlflow-artifacts/presigned/*', { ...readerOrStep, schema }, async () => {
    throw unsupported('Multipart download');
  });
}

function unsupported(what: string): ServerError {
  const message = `${what} is not supported by this artifact store; send the file as one stream`;
  return new ServerError('NOT_IMPLEMENTED', message);
}
