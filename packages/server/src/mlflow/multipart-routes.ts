// MLflow's uploads in parts: a client asks for an address for each part, sends the parts there at once,
// and has them put together. The last part of the artifact's path comes in the body.
import { maxParts, type PartUpload } from '@ridgeline/workspace';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { touch, touching } from '../auth/touch.ts';
import { originOf } from '../azureml/run-url.ts';
import { ServerError } from '../errors/server-error.ts';
import type { ServerContext } from '../server-context.ts';
import {
  type ArtifactAddress,
  assertMayWriteArtifacts,
  splitProxyPath,
} from './artifact-address.ts';
import { PartAddresses } from './part-address.ts';
import { partsPath } from './part-routes.ts';
import { WholeNumber } from './wire.ts';

const file = {
  /** On the client's machine; only its name counts. */
  path: Type.String({ minLength: 1, maxLength: 32_768 }),
};
const uploadId = Type.String({ minLength: 1, maxLength: 1_024 });
const Part = Type.Object({
  part_number: WholeNumber,
  etag: Type.Optional(Type.Union([Type.String({ maxLength: 256 }), Type.Null()])),
});
const Create = Type.Object({ ...file, num_parts: Type.Optional(WholeNumber) });
const Complete = Type.Object({
  ...file,
  upload_id: uploadId,
  parts: Type.Array(Part, { maxItems: maxParts }),
});
const Abort = Type.Object({ ...file, upload_id: uploadId });

/** The file's name comes in the body; whose artifacts they are, the address says. */
const ofFolder = touching(touch('update', 'artifactFolder', 'params.*'));

/** Each of ten thousand parts comes back with its address. */
const bodyLimit = 32 * 1024 * 1024;

type Upload<Body> = { readonly Params: { readonly '*': string }; readonly Body: Body };

export function multipartRoutes(
  app: FastifyInstance,
  context: Pick<ServerContext, 'workspace' | 'publicUrl'>,
): void {
  const { workspace } = context;
  const { parts } = workspace.artifacts;
  const addresses = new PartAddresses(workspace);

  const artifactOf = async (request: FastifyRequest<Upload<{ readonly path: string }>>) => {
    const name = request.body.path.split(/[/\\]/).at(-1) ?? '';
    const artifact = splitProxyPath(`${request.params['*'].replace(/\/$/, '')}/${name}`);
    await assertMayWriteArtifacts(workspace, request.principal, artifact.ownerId);
    return artifact;
  };

  app.post<Upload<Static<typeof Create>>>(
    '/mlflow-artifacts/mpu/create/*',
    options('Begin an upload in parts', Create),
    async (request) => {
      const artifact = await artifactOf(request);
      const count = Number(request.body.num_parts ?? 1);
      const upload = await parts.create(artifact.ownerId, artifact.path, count);
      if (upload === null) throw unsupported();
      const [prefix] = request.url.split('/mlflow-artifacts/');
      const base = `${originOf(request, context)}${prefix}${partsPath}`;
      return {
        upload_id: upload.uploadId,
        credentials: await credentialsOf(upload, count, base),
      };
    },
  );

  app.post<Upload<Static<typeof Complete>>>(
    '/mlflow-artifacts/mpu/complete/*',
    options('Put the parts of an upload together', Complete),
    async (request) => {
      const { ownerId, path }: ArtifactAddress = await artifactOf(request);
      const { upload_id, parts: sent } = request.body;
      const uploaded = sent.map(({ part_number, etag }) => ({
        part: Number(part_number),
        etag: (etag ?? '').replaceAll('"', ''),
      }));
      await parts.complete(ownerId, path, upload_id, uploaded);
      return {};
    },
  );

  app.post<Upload<Static<typeof Abort>>>(
    '/mlflow-artifacts/mpu/abort/*',
    options('Give an upload in parts up', Abort),
    async (request) => {
      const { ownerId, path } = await artifactOf(request);
      await parts.abort(ownerId, path, request.body.upload_id);
      return {};
    },
  );

  async function credentialsOf(upload: PartUpload, count: number, base: string) {
    const own = async () => {
      const urls = await addresses.of(base, upload.uploadId, count);
      return urls.map((url) => ({ url, headers: {} }));
    };
    const all = upload.addresses ?? (await own());
    return all.map(({ url, headers }, index) => ({ url, part_number: index + 1, headers }));
  }
}

function options<Body extends object>(summary: string, body: Body) {
  return { ...ofFolder.contributorOrStep, bodyLimit, schema: { tags: ['mlflow'], summary, body } };
}

// By these words a client knows that it has to send the file as one stream.
function unsupported(): ServerError {
  return new ServerError(
    'NOT_IMPLEMENTED',
    'Multipart upload is not supported for the current artifact repository: the credentials of ' +
      'the artifact store cannot sign addresses; send the file as one stream',
  );
}
