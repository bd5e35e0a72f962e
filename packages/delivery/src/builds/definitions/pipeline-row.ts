// A delivery pipeline between its row and its shape.
import type { Selectable } from 'kysely';
import type { DeliveryPipelineTable } from '../../database/build-tables.ts';
import type {
  DefinitionVariable,
  DeliveryPipeline,
  RepositoryPlace,
} from '../delivery-pipeline.ts';

export type PipelineRow = Selectable<DeliveryPipelineTable>;

export function pipelineOf(row: PipelineRow): DeliveryPipeline {
  return {
    id: String(row.pipeline_id),
    name: row.name,
    repository: { location: row.location, branch: row.branch },
    yamlPath: row.yaml_path,
    variables: JSON.parse(row.variables) as readonly DefinitionVariable[],
    repositories: JSON.parse(row.repositories) as Readonly<Record<string, RepositoryPlace>>,
    enabled: row.enabled === 1,
    keepBuilds: row.keep_builds,
    buildForks: row.build_forks === 1,
    hookSecretAt: row.hook_secret_at === null ? null : new Date(row.hook_secret_at).toISOString(),
    createdAt: new Date(row.created_at).toISOString(),
    updatedAt: new Date(row.updated_at).toISOString(),
    createdBy: row.created_by,
  };
}
