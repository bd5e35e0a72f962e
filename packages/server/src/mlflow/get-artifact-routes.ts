// The links by which MLflow's own pages fetch a file: of a run, of a model version, of a logged model.
import type { Workspace } from '@ridgeline/workspace';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Type, { type Static } from 'typebox';
import { touch, touching } from '../auth/touch.ts';
import { ServerError } from '../errors/server-error.ts';
import { byteRangeOf } from '../http/byte-range.ts';
import { sendFile } from '../http/send-file.ts';
import { runIdOf, runRef } from './wire.ts';

const tags = ['mlflow'];
const ofRun = touching(touch('read', 'run', 'query.run_id', 'query.run_uuid'));
const ofModel = touching(touch('read', 'model', 'query.name'));
const OfRun = Type.Object({ ...runRef, path: Type.String() });
const OfVersion = Type.Object({
  name: Type.String(),
  version: Type.String(),
  path: Type.String(),
});

export function getArtifactRoutes(app: FastifyInstance, { artifacts, models }: Workspace): void {
  const send = async (
    { headers }: FastifyRequest,
    reply: FastifyReply,
    ownerId: string,
    path: string,
  ) => sendFile(reply, path, await artifacts.read(ownerId, path, byteRangeOf(headers.range)));

  app.get<{ Querystring: Static<typeof OfRun> }>(
    '/get-artifact',
    {
      ...ofRun.readerOrStep,
      schema: { tags, summary: 'Read an artifact of a run', querystring: OfRun },
    },
    async (request, reply) => send(request, reply, runIdOf(request.query), request.query.path),
  );

  const ofVersion = { tags, summary: 'Read a file of a model version', querystring: OfVersion };
  app.get<{ Querystring: Static<typeof OfVersion> }>(
    '/model-versions/get-artifact',
    { ...ofModel.readerOrStep, schema: ofVersion },
    async (request, reply) => {
      const { name, version, path } = request.query;
      const folder = await models.versionArtifact(name, version);
      if (folder === null) throw notHere(name, version);
      const inFolder = folder.path === undefined ? path : `${folder.path}/${path}`;
      return send(request, reply, folder.ownerId, inFolder);
    },
  );
}

function notHere(name: string, version: string): ServerError {
  return new ServerError(
    'INVALID_PARAMETER_VALUE',
    `the files of model ${name} version ${version} are not in this workspace; ` +
      'model-versions/get-download-uri says where they are',
  );
}
