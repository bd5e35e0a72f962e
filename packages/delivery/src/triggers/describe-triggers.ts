// What the triggers of a pipeline have seen, as every reader sees it.
import type { WatchTable } from '../database/trigger-tables.ts';
import type { EventRow } from './store/insert-events.ts';
import type { TriggerError, TriggerEvent } from './trigger-event.ts';

export interface TriggerState {
  /** What happens from then on counts; null: nobody has looked yet. */
  readonly watchedSince: string | null;
  /** The newest first. */
  readonly events: readonly TriggerEvent[];
  /** Why the last look at its repository failed. */
  readonly error: TriggerError | null;
}

export function describeState(
  events: readonly EventRow[],
  watch: Readonly<WatchTable> | null,
): TriggerState {
  // A repository that could not be read has no place yet.
  const isWatched = watch !== null && watch.repository !== '';
  return {
    watchedSince: isWatched ? new Date(watch.since).toISOString() : null,
    events: events.map(describeEvent),
    error: watch === null ? null : errorOf(watch),
  };
}

function describeEvent(row: EventRow): TriggerEvent {
  const { kind, status, branch, reason, why } = row;
  return {
    id: row.event_id,
    kind,
    status,
    branch,
    commit: row.commit_id,
    reason,
    why,
    notedAt: new Date(row.noted_at).toISOString(),
    buildId: row.build_id === null ? null : String(row.build_id),
    error: errorOf(row),
  };
}

function errorOf(row: {
  readonly error_code: string | null;
  readonly error_message: string | null;
}): TriggerError | null {
  if (row.error_code === null) return null;
  return { code: row.error_code, message: row.error_message ?? '' };
}
