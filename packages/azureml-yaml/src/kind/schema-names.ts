// The `$schema` names that Azure ML publishes, and what each is for.

export type FileKind = 'job' | 'deployment' | 'data';

interface PublishedSchema {
  /** Null for what this package does not read. */
  readonly kind: FileKind | null;
  /** The value of `type` that goes with it, where there is one. */
  readonly type: string | null;
}

const job = (type: string): PublishedSchema => ({ kind: 'job', type });
const other: PublishedSchema = { kind: null, type: null };

/** By the name before `.schema.json`. */
export const publishedSchemas: ReadonlyMap<string, PublishedSchema> = new Map([
  ['commandJob', job('command')],
  ['pipelineJob', job('pipeline')],
  ['sweepJob', job('sweep')],
  ['autoMLJob', job('automl')],
  ['parallelJob', job('parallel')],
  ['sparkJob', job('spark')],
  ['importJob', job('import')],
  ['managedOnlineDeployment', { kind: 'deployment', type: 'managed' }],
  ['kubernetesOnlineDeployment', { kind: 'deployment', type: 'kubernetes' }],
  ['data', { kind: 'data', type: null }],
  ['managedOnlineEndpoint', other],
  ['kubernetesOnlineEndpoint', other],
  ['batchEndpoint', other],
  ['batchDeployment', other],
  ['commandComponent', other],
  ['pipelineComponent', other],
  ['environment', other],
  ['model', other],
  ['schedule', other],
  ['compute', other],
  ['amlCompute', other],
  ['computeInstance', other],
  ['azureBlob', other],
  ['workspace', other],
]);

/** `https://azuremlschemas.azureedge.net/latest/commandJob.schema.json` → `commandJob`. */
export function schemaName(address: string): string {
  const file = address.split(/[/\\]/).at(-1) ?? address;
  return file.replace(/(?:\.schema)?\.json$/, '');
}
