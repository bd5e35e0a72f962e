// Which builds there are, the newest first, by what people look for.
import type { DeliveryReader } from '../database/delivery-database.ts';
import type { BuildSummary } from './build.ts';
import type { BuildFilter } from './build-request.ts';
import { describeSummary } from './store/describe-build.ts';

export const maxListed = 1_000;

export async function listBuilds(
  reader: DeliveryReader,
  filter: BuildFilter,
): Promise<readonly BuildSummary[]> {
  const { pipeline, branch, status, result, tag, before, limit = 100 } = filter;
  let query = reader.selectFrom('builds').selectAll();
  if (pipeline !== undefined)
    query = query.where((eb) => eb(eb.fn('lower', ['pipeline_name']), '=', pipeline.toLowerCase()));
  if (branch !== undefined) query = query.where('branch', 'in', [branch, `refs/heads/${branch}`]);
  if (status !== undefined) query = query.where('status', '=', status);
  if (result !== undefined) query = query.where('result', '=', result);
  if (before !== undefined) query = query.where('build_id', '<', Number(before));
  if (tag !== undefined)
    query = query.where('tags', 'like', `%${JSON.stringify(tag).replaceAll(/[%_]/g, '_')}%`);
  const limited = query.orderBy('build_id', 'desc').limit(Math.min(limit, maxListed));
  return (await limited.execute()).map(describeSummary);
}
