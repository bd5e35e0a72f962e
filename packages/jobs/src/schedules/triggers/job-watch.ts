// The trigger of jobs: one that has ended, of an experiment or of a name. The jobs that the schedule
// itself has started do not count, or it would never end.
import type { Kysely } from 'kysely';
import type { ScheduleTables } from '../schedule-tables.ts';
import type { JobTrigger } from '../trigger.ts';
import type { Watch, WatchContext } from './watch.ts';

export interface JobCursor {
  /** What has ended before it does not count. */
  readonly since: number;
  /** The end of the latest that was seen. */
  readonly seen: number;
  readonly lookedAt: number;
}

const pollMs = 5_000;
// Ends are not written down in their order; that none counts twice, its key ensures.
const overlapMs = 600_000;
const maxJobs = 100;

export function jobWatch(tables: Kysely<ScheduleTables>): Watch<JobTrigger, JobCursor> {
  return {
    async begin(_trigger, { now }) {
      return { since: now, seen: now, lookedAt: now };
    },

    async look(trigger, cursor, context) {
      const jobs = await endedJobs(tables, trigger, cursor, context);
      const happenings = jobs.map(({ job_id, display_name, status, ended_at }) => ({
        key: `job:${job_id}`,
        dueAt: Number(ended_at),
        reason: `job ${job_id} (${display_name}) has ended as ${status}`,
        facts: { job: job_id, status },
      }));
      const seen = Math.max(cursor.seen, ...happenings.map(({ dueAt }) => dueAt));
      return { happenings, cursor: { ...cursor, seen, lookedAt: context.now } };
    },

    wakeAt: (_trigger, { lookedAt }) => lookedAt + pollMs,
  };
}

async function endedJobs(
  tables: Kysely<ScheduleTables>,
  { experimentName, displayName, status }: JobTrigger,
  { since, seen }: JobCursor,
  { scheduleId }: WatchContext,
) {
  let query = tables
    .selectFrom('jobs')
    .select(['job_id', 'display_name', 'status', 'ended_at'])
    .where('ended_at', '>=', Math.max(since, seen - overlapMs))
    .where('status', 'in', status)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('schedule_firings')
            .select('firing_id')
            .where('schedule_id', '=', scheduleId)
            .where(({ or, eb, ref }) =>
              or([
                eb('firing_id', '=', ref('jobs.job_id')),
                eb('event_key', '=', eb(eb.val('job:'), '||', ref('jobs.job_id'))),
              ]),
            ),
        ),
      ),
    );
  if (experimentName !== null) query = query.where('experiment_name', '=', experimentName);
  if (displayName !== null) query = query.where('display_name', '=', displayName);
  return query.orderBy('ended_at').limit(maxJobs).execute();
}
