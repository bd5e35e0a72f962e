// The build of another pipeline that a resource or a step means: the newest good one, or the one
// that is named.
import { type PipelineResource, type RunSelector, wantedBy } from '@ridgeline/azure-pipelines';
import { keyOf } from '../../assets/check-words.ts';
import type { DeliveryReader } from '../../database/delivery-database.ts';

export interface FoundBuild {
  readonly id: string;
  readonly buildNumber: string;
  readonly pipelineId: string;
  readonly pipelineName: string;
  readonly branch: string;
  readonly commit: string;
}

/** So many are looked at for one that carries the tags. */
const maxLooked = 1_000;

const columns = [
  'build_id',
  'build_number',
  'pipeline_id',
  'pipeline_name',
  'branch',
  'commit_id',
  'result',
  'tags',
] as const;

/** `without`: the build that asks. */
export async function findBuild(
  reader: DeliveryReader,
  selector: RunSelector,
  resources: readonly PipelineResource[],
  without?: number,
): Promise<FoundBuild | undefined> {
  if (selector.kind === 'pipeline' && selector.version === 'specific')
    return findBuildById(reader, selector.runId ?? '');
  const { name, branch, tags, takesFailed } = wantedBy(selector, resources);
  const results = ['succeeded', 'succeededWithIssues', ...(takesFailed ? ['failed'] : [])];
  let query = reader
    .selectFrom('builds')
    .select(columns)
    .where('pipeline_name', 'in', [...new Set([name, await storedName(reader, name)])])
    .where('status', '=', 'completed')
    .where('result', 'in', results);
  if (branch !== undefined) query = query.where('branch', '=', branch);
  if (without !== undefined) query = query.where('build_id', '!=', without);
  const rows = await query.orderBy('build_id', 'desc').limit(maxLooked).execute();
  const row = rows.find((one) => hasAll(JSON.parse(one.tags) as readonly string[], tags));
  return row && foundOf(row);
}

export async function findBuildById(
  reader: DeliveryReader,
  id: string,
): Promise<FoundBuild | undefined> {
  const query = reader.selectFrom('builds').select(columns);
  const row = await query.where('build_id', '=', Number(id)).executeTakeFirst();
  return row && foundOf(row);
}

/** As the pipeline spells its name, where that is another case. */
async function storedName(reader: DeliveryReader, name: string): Promise<string> {
  const query = reader.selectFrom('delivery_pipelines').select('name');
  const row = await query.where('name_key', '=', keyOf(name)).executeTakeFirst();
  return row?.name ?? name;
}

function hasAll(tags: readonly string[], wanted: readonly string[]): boolean {
  const known = new Set(tags.map((tag) => tag.toLowerCase()));
  return wanted.every((tag) => known.has(tag.toLowerCase()));
}

function foundOf(row: {
  readonly build_id: number;
  readonly build_number: string;
  readonly pipeline_id: number;
  readonly pipeline_name: string;
  readonly branch: string;
  readonly commit_id: string;
}): FoundBuild {
  return {
    id: String(row.build_id),
    buildNumber: row.build_number,
    pipelineId: String(row.pipeline_id),
    pipelineName: row.pipeline_name,
    branch: row.branch,
    commit: row.commit_id,
  };
}
