// Published pipelines and pipeline endpoints as people read them.
import type { PipelineEndpoint, PipelineParameter, PublishedPipeline } from '@ridgeline/client';
import { formatFields, formatTable, formatTime } from './table.ts';

/** What a publication has come to: the source system's two lines, and how to call it at an address. */
export function describePublished(pipeline: PublishedPipeline, address: string): string {
  return [
    `Published pipeline: ${pipeline.name}`,
    `for build ${pipeline.version}`,
    '',
    describeCall(address, pipeline.parameters),
  ].join('\n');
}

export function describePublishedPipeline(pipeline: PublishedPipeline): string {
  const fields = formatFields([
    ['pipeline', pipeline.id],
    ['name', pipeline.name],
    ['version', pipeline.version],
    ['description', pipeline.description],
    ['status', pipeline.status],
    ['experiment', pipeline.experimentName],
    ['steps', pipeline.steps.join(' → ')],
    ['published', `${formatTime(pipeline.createdAt)} by ${pipeline.createdBy || '-'}`],
  ]);
  const rows = pipeline.parameters.map(({ name, type, default: value, required, description }) => [
    name,
    type,
    value === null ? (required ? '(required)' : '-') : String(value),
    description ?? '',
  ]);
  const table = formatTable(['PARAMETER', 'TYPE', 'DEFAULT', 'DESCRIPTION'], rows);
  const call = describeCall(pipeline.restEndpoint, pipeline.parameters);
  return `${fields}\n\n${table}\n\n${call}`;
}

export function describePublishedPipelines(pipelines: readonly PublishedPipeline[]): string {
  const rows = pipelines.map(({ id, name, version, status, createdBy, createdAt }) => [
    id,
    name,
    version,
    status,
    createdBy || '-',
    formatTime(createdAt),
  ]);
  return formatTable(['PIPELINE', 'NAME', 'VERSION', 'STATUS', 'BY', 'PUBLISHED'], rows);
}

export function describePipelineEndpoint(endpoint: PipelineEndpoint): string {
  const fields = formatFields([
    ['endpoint', endpoint.id],
    ['name', endpoint.name],
    ['description', endpoint.description],
    ['status', endpoint.status],
    ['created', `${formatTime(endpoint.createdAt)} by ${endpoint.createdBy || '-'}`],
  ]);
  const rows = endpoint.versions.map(({ version, pipelineId }) => [
    version,
    pipelineId,
    version === endpoint.defaultVersion ? 'yes' : '',
  ]);
  const table = formatTable(['VERSION', 'PIPELINE', 'DEFAULT'], rows);
  return `${fields}\n\n${table}\n\n${describeCall(endpoint.restEndpoint, [])}`;
}

export function describePipelineEndpoints(endpoints: readonly PipelineEndpoint[]): string {
  const rows = endpoints.map(({ id, name, status, defaultVersion, versions }) => [
    id,
    name,
    status,
    defaultVersion,
    String(versions.length),
  ]);
  return formatTable(['ENDPOINT', 'NAME', 'STATUS', 'DEFAULT', 'VERSIONS'], rows);
}

/** A call that works as pasted, with the token in the environment and nowhere else. */
function describeCall(address: string, parameters: readonly PipelineParameter[]): string {
  const values = parameters
    .filter(({ default: value, required }) => required || value !== null)
    .map(({ name, default: value }) => [name, value ?? 'VALUE'] as const);
  const body = JSON.stringify({
    ExperimentName: 'my-experiment',
    ParameterAssignments: Object.fromEntries(values),
  });
  return [
    `REST address: ${address}`,
    '',
    'curl -X POST -H "Authorization: Bearer $RIDGELINE_TOKEN" -H \'Content-Type: application/json\' \\',
    `  -d ${quoted(body)} \\`,
    `  ${quoted(address)}`,
  ].join('\n');
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
