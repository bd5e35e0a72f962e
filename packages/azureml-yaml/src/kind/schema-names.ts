// The `$schema` names that Azure ML publishes, and what each is for.

export const fileKinds = [
  'job',
  'component',
  'data',
  'model',
  'environment',
  'compute',
  'datastore',
  'schedule',
  'endpoint',
  'deployment',
] as const;
export type FileKind = (typeof fileKinds)[number];

interface PublishedSchema {
  /** Null for what this package does not read. */
  readonly kind: FileKind | null;
  /** The value of `type` that goes with it, where there is one. */
  readonly type: string | null;
}

const of = (kind: FileKind, type: string | null = null): PublishedSchema => ({ kind, type });
const other: PublishedSchema = { kind: null, type: null };

/** By the name before `.schema.json`. */
export const publishedSchemas: ReadonlyMap<string, PublishedSchema> = new Map([
  ['commandJob', of('job', 'command')],
  ['pipelineJob', of('job', 'pipeline')],
  ['sweepJob', of('job', 'sweep')],
  ['autoMLJob', of('job', 'automl')],
  ['parallelJob', of('job', 'parallel')],
  ['sparkJob', of('job', 'spark')],
  ['importJob', of('job', 'import')],
  ['managedOnlineDeployment', of('deployment', 'managed')],
  ['kubernetesOnlineDeployment', of('deployment', 'kubernetes')],
  ['managedOnlineEndpoint', of('endpoint')],
  ['data', of('data')],
  ['model', of('model')],
  ['environment', of('environment')],
  ['commandComponent', of('component', 'command')],
  ['pipelineComponent', of('component', 'pipeline')],
  ['parallelComponent', of('component', 'parallel')],
  ['sparkComponent', of('component', 'spark')],
  ['schedule', of('schedule')],
  ['compute', of('compute')],
  ['amlCompute', of('compute', 'amlcompute')],
  ['computeInstance', of('compute', 'computeinstance')],
  ['kubernetesCompute', of('compute', 'kubernetes')],
  ['vmCompute', of('compute', 'virtualmachine')],
  ['synapseSparkCompute', of('compute', 'synapsespark')],
  ['azureBlob', of('datastore', 'azure_blob')],
  ['azureFile', of('datastore', 'azure_file')],
  ['azureDataLakeGen1', of('datastore', 'azure_data_lake_gen1')],
  ['azureDataLakeGen2', of('datastore', 'azure_data_lake_gen2')],
  ['kubernetesOnlineEndpoint', other],
  ['batchEndpoint', other],
  ['batchDeployment', other],
  ['modelBatchDeployment', other],
  ['pipelineComponentBatchDeployment', other],
  ['workspace', other],
  ['registry', other],
]);

/** `https://azuremlschemas.azureedge.net/latest/commandJob.schema.json` → `commandJob`. */
export function schemaName(address: string): string {
  const file = address.split(/[/\\]/).at(-1) ?? address;
  return file.replace(/(?:\.schema)?\.json$/, '');
}
