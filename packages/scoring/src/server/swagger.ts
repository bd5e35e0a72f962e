// The document at `/swagger.json`: paths and operation ids of Azure's inference server, and the
// handler's declared schemas. The two versions differ in where they put schemas and bodies only.

import type { ScoringHandler } from '../handler/scoring-handler.ts';
import { type Dialect, referencePrefix, toNamedSchemas } from './openapi-schema.ts';

export interface SwaggerOptions {
  /** The document's title; default "ML service". */
  readonly serviceName: string;
  /** The document's version; default "1.0". */
  readonly serviceVersion: string;
  /** What callers put before the paths, such as `/api/v1/service/diabetes`; default none. */
  readonly pathPrefix: string;
}

type Part = Readonly<Record<string, unknown>>;

export function buildSwagger(
  dialect: Dialect,
  { inputSchema, outputSchema }: Pick<ScoringHandler, 'inputSchema' | 'outputSchema'>,
  options: SwaggerOptions,
): Part {
  const writer = dialect === 2 ? new Swagger2() : new OpenApi3();
  return writer.document(
    {
      title: options.serviceName,
      description: `API specification for the Azure Machine Learning service ${options.serviceName}`,
      version: options.serviceVersion,
    },
    paths(writer, options.pathPrefix),
    {
      ...toNamedSchemas(inputSchema, 'ServiceInput', dialect),
      ...toNamedSchemas(outputSchema, 'ServiceOutput', dialect),
      ErrorResponse: { type: 'object', properties: { message: { type: 'string' } } },
    },
  );
}

interface DialectWriter {
  document(info: Part, paths: Part, schemas: Part): Part;
  /** A response's content. */
  content(mediaType: string, schema: Part, example?: unknown): Part;
  /** A request's body, as members of its operation. */
  body(description: string, schema: Part): Part;
  /** A query parameter's type. */
  parameterType(schema: Part): Part;
  reference(name: string): Part;
}

const security = [{ Bearer: [] }];
const bearer = {
  type: 'apiKey',
  name: 'Authorization',
  in: 'header',
  description: 'For example: Bearer abc123',
};

class Swagger2 implements DialectWriter {
  document(info: Part, paths: Part, definitions: Part): Part {
    return {
      swagger: '2.0',
      info,
      schemes: ['http', 'https'],
      consumes: ['application/json'],
      produces: ['application/json'],
      securityDefinitions: { Bearer: bearer },
      paths,
      definitions,
    };
  }

  content(mediaType: string, schema: Part, example?: unknown): Part {
    return { schema, ...(example !== undefined && { examples: { [mediaType]: example } }) };
  }

  body(description: string, schema: Part): Part {
    const place = { name: 'serviceInputPayload', in: 'body', required: true };
    return { parameters: [{ ...place, description, schema }] };
  }

  parameterType(schema: Part): Part {
    return schema;
  }

  reference(name: string): Part {
    return { $ref: referencePrefix[2] + name };
  }
}

class OpenApi3 implements DialectWriter {
  document(info: Part, paths: Part, schemas: Part): Part {
    return {
      openapi: '3.0.3',
      info,
      paths,
      components: { schemas, securitySchemes: { Bearer: bearer } },
    };
  }

  content(mediaType: string, schema: Part, example?: unknown): Part {
    return { content: { [mediaType]: { schema, ...(example !== undefined && { example }) } } };
  }

  body(description: string, schema: Part): Part {
    const content = { 'application/json': { schema } };
    return { requestBody: { required: true, description, content } };
  }

  parameterType(schema: Part): Part {
    return { schema };
  }

  reference(name: string): Part {
    return { $ref: referencePrefix[3] + name };
  }
}

function paths(writer: DialectWriter, prefix: string): Part {
  return {
    [`${prefix}/`]: { get: healthOperation(writer) },
    [`${prefix}/score`]: { post: scoreOperation(writer) },
    [`${prefix}/swagger.json`]: { get: swaggerOperation(writer) },
  };
}

function healthOperation(writer: DialectWriter): Part {
  const description =
    "If service is up and running, this response will be returned with the content 'Healthy'";
  return {
    operationId: 'ServiceHealthCheck',
    description: 'Simple health check endpoint to ensure the service is up at any given point.',
    responses: responses(writer, {
      description,
      ...writer.content('text/html', { type: 'string' }, 'Healthy'),
    }),
  };
}

function scoreOperation(writer: DialectWriter): Part {
  return {
    operationId: 'RunMLService',
    description: "Run web service's model and get the prediction output",
    security,
    ...writer.body(
      'The input payload for executing the real-time machine learning service.',
      writer.reference('ServiceInput'),
    ),
    responses: responses(writer, {
      description:
        'The service processed the input correctly and provided a result prediction, if applicable.',
      ...writer.content('application/json', writer.reference('ServiceOutput')),
    }),
  };
}

function swaggerOperation(writer: DialectWriter): Part {
  const version = writer.parameterType({ type: 'integer', enum: [2, 3] });
  return {
    operationId: 'GetSwaggerSpec',
    description: 'Get the Swagger specification.',
    security,
    parameters: [{ name: 'version', in: 'query', required: false, ...version }],
    responses: responses(writer, {
      description: 'The Swagger specification.',
      ...writer.content('application/json', { type: 'object' }),
    }),
  };
}

function responses(writer: DialectWriter, success: Part): Part {
  return {
    200: success,
    default: {
      description: 'The service failed to execute due to an error.',
      ...writer.content('application/json', writer.reference('ErrorResponse')),
    },
  };
}
