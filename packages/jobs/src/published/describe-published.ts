// From the rows of the store to the shapes that readers see.
import type { StoredPipelineEndpoint } from './pipeline-endpoint-store.ts';
import type { PipelineEndpoint, PublishedPipeline } from './published-pipeline.ts';
import type { PublishedPipelineRow } from './published-store.ts';

export function describePipeline(row: PublishedPipelineRow): PublishedPipeline {
  return {
    id: row.pipeline_id,
    name: row.name,
    version: row.version,
    description: row.description,
    status: row.status,
    experimentName: row.experiment_name,
    parameters: JSON.parse(row.parameters),
    steps: JSON.parse(row.steps),
    createdBy: row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}

export function describeEndpoint({
  endpoint: row,
  versions,
}: StoredPipelineEndpoint): PipelineEndpoint {
  return {
    id: row.endpoint_id,
    name: row.name,
    description: row.description,
    status: row.status,
    defaultVersion: String(row.default_version),
    versions: versions.map(({ version, pipeline_id: pipelineId }) => ({
      version: String(version),
      pipelineId,
    })),
    createdBy: row.created_by,
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
  };
}
