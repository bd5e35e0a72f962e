// The description of the whole API, made from the routes themselves.
import swagger, { type SwaggerTransform } from '@fastify/swagger';
import type { FastifyInstance, FastifySchema } from 'fastify';
import Type from 'typebox';
import { azurePrefixes } from '../azureml/addresses.ts';
import { version } from '../version.ts';
import { operationId } from './operation-id.ts';
import { anyToken, securitySchemes } from './security.ts';

/** Describes the routes that are registered after it; `app.swagger()` gives the document. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Ridgeline', version },
      components: { securitySchemes },
      security: anyToken,
    },
    transform: describeRoute,
  });
}

const describeRoute: SwaggerTransform = ({ schema = {}, url, route }) => ({
  // A path that goes on to the end of the URL has no name in Fastify, and needs one here.
  url: url.replace('*', ':path'),
  schema: {
    ...withoutSecurity(route.config?.access),
    ...schema,
    ...bodyOf(schema),
    operationId: operationId(String(route.method), url),
    response: {
      '2XX': { type: 'null', description: 'Done' },
      default: errorOf(url),
    },
  },
});

function withoutSecurity(access: string | undefined): FastifySchema {
  return access === 'anyone' ? { security: [] } : {};
}

/** Bodies that are streamed have no schema that a request could be checked against. */
function bodyOf({ consumes, body }: FastifySchema): FastifySchema {
  return consumes === undefined ? {} : { body: body ?? { type: 'string', format: 'binary' } };
}

function errorOf(url: string) {
  if (/^\/(ajax-)?api\/2\.0\//.test(url)) return MlflowError;
  const isAzures = Object.values(azurePrefixes).some((prefix) => url.startsWith(`${prefix}/`));
  return isAzures ? AzureError : AnyError;
}

const AnyError = Type.Object(
  {
    error: Type.Object({
      code: Type.String({ description: 'Stable, such as `JOB_NOT_FOUND`' }),
      message: Type.String(),
      details: Type.Optional(Type.String()),
    }),
  },
  { description: 'What was wrong' },
);
const AzureError = Type.Object(
  {
    Error: Type.Object({
      Code: Type.String({ description: 'Stable, such as `PipelineNotFound`' }),
      Message: Type.String(),
    }),
  },
  { description: 'What was wrong, in the shape of Azure ML' },
);
const MlflowError = Type.Object(
  { error_code: Type.String(), message: Type.String() },
  { description: 'What was wrong, in the shape of MLflow' },
);
