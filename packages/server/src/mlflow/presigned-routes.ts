// MLflow's routes for addresses at which a client reaches a cloud's storage itself. Where artifacts are
// kept in the workspace's folder there are none, and clients are told so in MLflow's words.
import type { SignedArtifact, Workspace } from '@ridgeline/workspace';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { touch, touching } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import { assertMayWriteArtifacts, splitProxyPath } from './artifact-address.ts';
import { type MlflowRoute, mlflowRoute } from './mlflow-route.ts';
import { toNumber, WholeNumber } from './wire.ts';

const Input = Type.Object({
  run_id: Type.Optional(Type.String()),
  model_id: Type.Optional(Type.String()),
  path: Type.String(),
  expiration: Type.Optional(WholeNumber),
});

const ofFile = touching(touch('read', 'artifactPath', 'params.*'));

const defaultSeconds = 900;
// As long as S3 lets an address work.
const maxSeconds = 604_800;

export function presignedRoutes(workspace: Workspace): readonly MlflowRoute[] {
  const { artifacts } = workspace;
  return [
    mlflowRoute({
      method: 'POST',
      path: 'artifacts/presigned-upload-url',
      access: 'contributorOrStep',
      touches: [touch('update', 'run', 'run_id', 'model_id')],
      summary: "An address of a cloud's storage for the upload of an artifact",
      input: Input,
      handle: async (input, { principal }) => {
        const ownerId = ownerOf(input);
        const seconds = secondsOf(input);
        await assertMayWriteArtifacts(workspace, principal, ownerId);
        const address = await artifacts.sign('PUT', ownerId, input.path, seconds);
        return answerOf(address, 'upload');
      },
    }),
    mlflowRoute({
      method: 'POST',
      path: 'artifacts/presigned-download-url',
      access: 'readerOrStep',
      touches: [touch('read', 'run', 'run_id', 'model_id')],
      summary: "An address of a cloud's storage for the download of an artifact",
      input: Input,
      handle: async (input) => {
        const seconds = secondsOf(input);
        const address = await artifacts.sign('GET', ownerOf(input), input.path, seconds);
        return answerOf(address, 'download');
      },
    }),
  ];
}

/** The same for a client that knows the artifact by its place in the proxy. */
export function presignedProxyRoute(app: FastifyInstance, { artifacts }: Workspace): void {
  const schema = { tags: ['mlflow'], summary: "An address of a cloud's storage for a download" };
  app.get<{ Params: { readonly '*': string } }>(
    '/mlflow-artifacts/presigned/*',
    { ...ofFile.readerOrStep, schema },
    async ({ params }) => {
      const { ownerId, path } = splitProxyPath(params['*']);
      const address = await artifacts.sign('GET', ownerId, path, defaultSeconds);
      if (address === null) throw unsupported();
      const { url, headers, sizeBytes } = address;
      return { url, headers, file_size: sizeBytes };
    },
  );
}

function ownerOf({ run_id, model_id }: Static<typeof Input>): string {
  const [id, ...others] = [run_id, model_id].filter((given) => given !== undefined && given !== '');
  if (id !== undefined && others.length === 0) return id;
  const message = 'Exactly one of run_id and model_id must be provided.';
  throw new ServerError('INVALID_PARAMETER_VALUE', message);
}

function secondsOf({ expiration }: Static<typeof Input>): number {
  const seconds = toNumber(expiration) ?? defaultSeconds;
  if (seconds >= 1 && seconds <= maxSeconds) return seconds;
  const message = `expiration must be between 1 and ${maxSeconds} seconds (got ${seconds}).`;
  throw new ServerError('INVALID_PARAMETER_VALUE', message);
}

function answerOf(address: SignedArtifact | null, way: string): object {
  if (address === null) {
    throw new ServerError(
      'INVALID_PARAMETER_VALUE',
      `Presigned ${way} is not supported for proxied artifact storage; ${way} through ` +
        '/api/2.0/mlflow-artifacts/artifacts/<experiment id>/<run id>/artifacts/<path>',
    );
  }
  const { url, headers, sizeBytes } = address;
  return { presigned_url: url, headers, ...(sizeBytes !== null && { file_size: sizeBytes }) };
}

function unsupported(): ServerError {
  const message =
    'Multipart download is not supported for the current artifact repository; ' +
    'read the file as one stream';
  return new ServerError('NOT_IMPLEMENTED', message);
}
