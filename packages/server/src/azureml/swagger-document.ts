// How a published pipeline is called, as a Swagger 2 document: where Azure ML has it, so that tools
// which were given that address find it here as well.

interface Place {
  readonly host: string;
  readonly scheme: string;
  /** The address of the call, with its names in braces. */
  readonly path: string;
}

const text = { type: 'string' } as const;
const scalars = { type: 'object', additionalProperties: { type: 'string' } } as const;

export function submitSwagger({ host, scheme, path }: Place) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return {
    swagger: '2.0',
    info: {
      title: 'Pipeline endpoint submit',
      version: 'v1.0',
      description: 'Starts the default pipeline of a pipeline endpoint',
    },
    host,
    basePath: '/',
    schemes: [scheme],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: {
      Bearer: {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        description: 'Bearer <token>',
      },
    },
    security: [{ Bearer: [] }],
    paths: {
      [path]: {
        post: {
          operationId: 'PipelineRuns_SubmitPipelineRunFromPipelineEndpoint',
          summary: 'Start the pipeline behind a pipeline endpoint',
          tags: ['PipelineRuns'],
          parameters: [
            ...names.map((name) => ({ name, in: 'path', required: true, type: 'string' })),
            { name: 'pipelineVersion', in: 'query', required: false, type: 'string' },
            {
              name: 'submission',
              in: 'body',
              required: false,
              schema: { $ref: '#/definitions/PipelineSubmissionInfo' },
            },
          ],
          responses: {
            200: { description: 'Started', schema: { $ref: '#/definitions/PipelineRunEntity' } },
            default: { description: 'Refused', schema: { $ref: '#/definitions/ErrorResponse' } },
          },
        },
      },
    },
    definitions,
  };
}

const definitions = {
  PipelineSubmissionInfo: {
    type: 'object',
    properties: {
      ExperimentName: text,
      DisplayName: text,
      Description: text,
      ParameterAssignments: { ...scalars, description: 'A value for each parameter' },
      DataPathAssignments: {
        type: 'object',
        additionalProperties: { $ref: '#/definitions/DataPath' },
      },
      DataSetDefinitionValueAssignments: {
        type: 'object',
        additionalProperties: { $ref: '#/definitions/DataSetDefinitionValue' },
      },
      Tags: scalars,
      StepTags: scalars,
      Properties: scalars,
      RunSource: text,
      ParentRunId: text,
      ContinueOnStepFailure: { type: 'boolean' },
    },
    example: {
      ExperimentName: 'pipeline-cycle-test',
      ParameterAssignments: { model_name: 'diabetes_regression_model' },
    },
  },
  DataPath: { type: 'object', properties: { DataStoreName: text, RelativePath: text } },
  DataSetDefinitionValue: {
    type: 'object',
    properties: {
      SavedDataSetReference: {
        type: 'object',
        properties: { Id: { ...text, description: 'name:version of a data asset' } },
      },
    },
  },
  PipelineRunEntity: {
    type: 'object',
    properties: {
      Id: text,
      PipelineRunId: text,
      PipelineId: text,
      Status: {
        type: 'object',
        properties: {
          StatusCode: {
            type: 'integer',
            format: 'int32',
            description: '0 NotStarted, 1 Running, 2 Finished, 3 Failed, 4 Canceled',
          },
          StatusDetail: text,
          CreationTime: { type: 'string', format: 'date-time' },
          EndTime: { type: 'string', format: 'date-time' },
        },
      },
      RunHistoryExperimentName: text,
      ParameterAssignments: scalars,
    },
  },
  ErrorResponse: {
    type: 'object',
    properties: { Error: { type: 'object', properties: { Code: text, Message: text } } },
  },
};
