// What a client of Azure ML sends to start a published pipeline, and what that gives to the start.
import type { PipelineStart } from '@ridgeline/jobs';
import { type DataAssets, defaultDatastoreName } from '@ridgeline/workspace';
import Type, { type Static } from 'typebox';
import { ServerError } from '../errors/server-error.ts';
import { isObject, knownKeys, withKnownKeys } from './read-body.ts';

const Scalars = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Boolean()]),
);
const Anything = Type.Record(Type.String(), Type.Unknown());

export const PipelineRunBody = Type.Object({
  ExperimentName: Type.Optional(Type.String()),
  DisplayName: Type.Optional(Type.String()),
  Description: Type.Optional(Type.String({ maxLength: 5_000 })),
  ParameterAssignments: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: 'A text, a number, true or false for each parameter',
    }),
  ),
  Tags: Type.Optional(Scalars),
  StepTags: Type.Optional(Scalars),
  Properties: Type.Optional(Scalars),
  RunSource: Type.Optional(Type.String({ maxLength: 250 })),
  RunType: Type.Optional(Type.Unknown()),
  ParentRunId: Type.Optional(Type.String()),
  ContinueOnStepFailure: Type.Optional(Type.Boolean()),
  EnforceRerun: Type.Optional(Type.Boolean()),
  DataPathAssignments: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: '`{"DataStoreName", "RelativePath"}` for each parameter',
    }),
  ),
  DataSetDefinitionValueAssignments: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: '`{"SavedDataSetReference": {"Id": "name:version"}}` for each parameter',
    }),
  ),
  AzDevOpsCallBackInfo: Type.Optional(Anything),
});

export type PipelineRunBody = Static<typeof PipelineRunBody>;

const bodyKeys = new Map([
  ...knownKeys(Object.keys(PipelineRunBody.properties)),
  // The name that the answers have for it.
  ['continuerunonstepfailure', 'ContinueOnStepFailure'],
]);

/** The body in the spelling of its schema; what Azure ML does not know it passes over, as we do. */
export function canonicalPipelineRunBody(body: unknown): unknown {
  const canonical = withKnownKeys(body, bodyKeys);
  if (!isObject(canonical)) return canonical;
  const entries = Object.entries(canonical).map(([key, value]) => [key, withoutNulls(key, value)]);
  return Object.fromEntries(entries);
}

// Clients of typed languages send null for what they leave out.
function withoutNulls(key: string, value: unknown): unknown {
  if (!['Tags', 'StepTags', 'Properties'].includes(key) || !isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== null));
}

/**
 * @throws ServerError INVALID_PARAMETER_VALUE with every assignment that is none
 * @throws RidgelineError DATA_ASSET_NOT_FOUND for the GUID of a data asset that is not there
 */
export async function toPipelineStart(
  body: PipelineRunBody,
  data: DataAssets,
): Promise<PipelineStart> {
  const { ContinueOnStepFailure: continueOnStepFailure, EnforceRerun: forceRerun } = body;
  return {
    inputs: {
      ...body.ParameterAssignments,
      ...assigned('DataPathAssignments', body.DataPathAssignments, dataPath),
      ...(await byReference(
        data,
        assigned(
          'DataSetDefinitionValueAssignments',
          body.DataSetDefinitionValueAssignments,
          dataSet,
        ),
      )),
    },
    experimentName: body.ExperimentName,
    displayName: body.DisplayName,
    description: body.Description,
    tags: texts(body.Tags),
    stepTags: texts(body.StepTags),
    properties: texts(body.Properties),
    continueOnStepFailure,
    forceRerun,
    runSource: body.RunSource,
    parentRunId: body.ParentRunId,
  };
}

function texts(values: Static<typeof Scalars> | undefined): Record<string, string> | undefined {
  if (values === undefined) return undefined;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]));
}

function assigned(
  key: string,
  values: Readonly<Record<string, unknown>> = {},
  toPath: (value: unknown) => string | null,
): Record<string, string> {
  const given = Object.entries(values).filter(([, value]) => value !== null);
  const paths = given.map(([name, value]) => [name, toPath(value)] as const);
  const mistaken = paths.filter(([, path]) => path === null).map(([name]) => `'${name}'`);
  if (mistaken.length === 0) return Object.fromEntries(paths) as Record<string, string>;
  const expected = expectations[key] ?? '';
  const shown = mistaken.slice(0, 20).join(', ').slice(0, 500).toWellFormed();
  const message = `${key} of ${shown} must be ${expected}`;
  throw new ServerError('INVALID_PARAMETER_VALUE', message);
}

const expectations: Readonly<Record<string, string>> = {
  DataPathAssignments: '{"DataStoreName": "…", "RelativePath": "…"}',
  DataSetDefinitionValueAssignments:
    '{"SavedDataSetReference": {"Id": "name:version"}}, with the name of a data asset or its id',
};

const pathKeys = knownKeys(['DataStoreName', 'RelativePath']);
const dataSetKeys = knownKeys(['SavedDataSetReference', 'LiteralValue']);
const referenceKeys = knownKeys(['Id']);

function dataPath(value: unknown): string | null {
  const canonical = withKnownKeys(value, pathKeys);
  if (!isObject(canonical)) return null;
  const { DataStoreName: store = defaultDatastoreName, RelativePath: path } = canonical;
  if (typeof store !== 'string' || typeof path !== 'string' || path === '') return null;
  return `azureml://datastores/${store}/paths/${path.replace(/^\/+/, '')}`;
}

function dataSet(value: unknown): string | null {
  const canonical = withKnownKeys(value, dataSetKeys);
  if (!isObject(canonical)) return null;
  if (canonical.LiteralValue !== undefined) return dataPath(canonical.LiteralValue);
  const reference = withKnownKeys(canonical.SavedDataSetReference, referenceKeys);
  const id = isObject(reference) ? reference.Id : undefined;
  if (typeof id !== 'string' || id === '') return null;
  if (id.startsWith('azureml:') || guid.test(id)) return id;
  return /[:@]/.test(id) ? `azureml:${id}` : `azureml:${id}@latest`;
}

const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** Azure ML knows a data set by a GUID, which our data assets have too. */
async function byReference(
  data: DataAssets,
  paths: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const found = Object.entries(paths).map(async ([name, path]) => {
    if (!guid.test(path)) return [name, path] as const;
    const asset = await data.getById(path);
    return [name, `azureml:${asset.name}:${asset.version}`] as const;
  });
  return Object.fromEntries(await Promise.all(found));
}
