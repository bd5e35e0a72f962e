// Which schedules have come due on which branches, as the file in each branch has them.
import {
  decideOnSchedule,
  isScheduledOn,
  isSuccess,
  isTagRef,
  nextScheduledTimes,
  type Schedule,
} from '@ridgeline/azure-pipelines';
import type { Build } from '../../builds/build.ts';
import type { Happening } from '../trigger-event.ts';
import type { Watched } from './watched.ts';

export interface EarlierRuns {
  /** When schedules on branches were last looked at. */
  readonly lookedAt: ReadonlyMap<string, number>;
  /** The builds that one has started on a branch, the newest first. */
  buildsOf(source: string): Promise<readonly Build[]>;
}

export interface TimeFindings {
  readonly happenings: readonly Happening[];
  readonly schedules: ReadonlyMap<string, number>;
}

export async function lookForTimes(watched: Watched, earlier: EarlierRuns): Promise<TimeFindings> {
  const happenings: Happening[] = [];
  const schedules = new Map<string, number>();
  for (const [ref, commit] of watched.heads) {
    const triggers = isTagRef(ref) ? undefined : await watched.triggersAt(commit);
    if (triggers === undefined || typeof triggers === 'string') continue;
    for (const schedule of triggers.schedules.filter((each) => isScheduledOn(each, ref))) {
      const source = `schedule ${ref} ${schedule.cron} ${schedule.displayName ?? ''}`;
      const lookedAt = earlier.lookedAt.get(source);
      // Its times count from when it was first seen.
      if (lookedAt === undefined) schedules.set(source, watched.now);
      const due = lookedAt === undefined ? undefined : dueTime(schedule, lookedAt, watched.now);
      if (due === undefined) continue;
      schedules.set(source, watched.now);
      const facts = await factsOf(earlier, source, commit);
      const decision = decideOnSchedule(schedule, facts);
      if (!decision.runs) continue;
      const name = schedule.displayName ?? '';
      happenings.push(happeningOf({ source, ref, commit, due, name, why: decision.why }));
    }
  }
  return { happenings, schedules };
}

/** Times that passed while no server ran come once, at the first of them. */
function dueTime(schedule: Schedule, lookedAt: number, now: number): Date | undefined {
  const [next] = nextScheduledTimes(schedule, new Date(lookedAt), 1);
  return next !== undefined && next.getTime() <= now ? next : undefined;
}

async function factsOf(earlier: EarlierRuns, source: string, commit: string) {
  const builds = await earlier.buildsOf(source);
  const isRunning = builds.some(({ status }) => status !== 'completed');
  const good = builds.find(({ result }) => result !== null && isSuccess(result));
  return { isRunning, hasChanged: good?.commit !== commit };
}

interface Due {
  readonly source: string;
  readonly ref: string;
  readonly commit: string;
  readonly due: Date;
  readonly name: string;
  readonly why: string;
}

function happeningOf({ source, ref, commit, due, name, why }: Due): Happening {
  return {
    kind: 'schedule',
    key: `${source} ${due.toISOString()}`,
    source,
    branch: ref,
    commit,
    reason: 'Schedule',
    why: `${why} was due at ${due.toISOString()}`,
    facts: { scheduleName: name },
  };
}
