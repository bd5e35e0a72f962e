// What has happened in builds, the oldest first: what triggers of other pipelines go by.
import type { DeliveryReader } from '../database/delivery-database.ts';
import type { BuildEvent } from './build-event.ts';
import { maxListed } from './list-builds.ts';
import { timeOf } from './store/describe-build.ts';

export interface EventFilter {
  /** Those behind this one. */
  readonly after?: number;
  readonly build?: string;
  readonly kind?: BuildEvent['kind'];
  readonly limit?: number;
}

export async function listEvents(
  reader: DeliveryReader,
  filter: EventFilter,
): Promise<readonly BuildEvent[]> {
  const { after = 0, build, kind, limit = maxListed } = filter;
  let query = reader.selectFrom('build_events').selectAll().where('sequence', '>', after);
  if (build !== undefined) query = query.where('build_id', '=', Number(build));
  if (kind !== undefined) query = query.where('kind', '=', kind);
  const rows = await query.orderBy('sequence').limit(Math.min(limit, maxListed)).execute();
  return rows.map(({ sequence, build_id, at, kind: what, details }) => ({
    sequence,
    buildId: String(build_id),
    at: timeOf(at),
    kind: what as BuildEvent['kind'],
    details: JSON.parse(details) as BuildEvent['details'],
  }));
}

export async function lastSequence(reader: DeliveryReader): Promise<number> {
  const query = reader.selectFrom('build_events');
  const { last } = await query
    .select(({ fn }) => fn.max('sequence').as('last'))
    .executeTakeFirstOrThrow();
  return Number(last ?? 0);
}
