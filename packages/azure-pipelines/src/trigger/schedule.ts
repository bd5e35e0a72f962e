// When a schedule starts a run: its times, and whether one that has come starts anything.
import { passesBranches } from './branch-filter.ts';
import { Cron } from './cron.ts';
import { type Decision, runs, runsNot } from './decision.ts';
import type { Schedule } from './trigger.ts';

/** What is so when the time has come. */
export interface ScheduleFacts {
  /** Whether anything was pushed, or a setting changed, since its last run that succeeded. */
  readonly hasChanged: boolean;
  /** Whether the run that this schedule started before still goes on. */
  readonly isRunning: boolean;
}

/** UTC; at most `count`. None for a line that is no cron, which the compiler has reported. */
export function nextScheduledTimes(
  schedule: Schedule,
  after: Date,
  count: number,
): readonly Date[] {
  const cron = Cron.parse(schedule.cron);
  return typeof cron === 'string' ? [] : cron.nextTimes(after, count);
}

/** A schedule counts in the branches that it names, as the file in each of them has it. */
export function isScheduledOn(schedule: Schedule, branch: string): boolean {
  return passesBranches(schedule.branches, branch);
}

/** `always` wins over `batch`. */
export function decideOnSchedule(schedule: Schedule, facts: ScheduleFacts): Decision {
  const name = schedule.displayName ?? schedule.cron;
  if (schedule.always) return runs(`schedule "${name}", which runs always`);
  if (schedule.batch && facts.isRunning) {
    return runsNot(`the last run of schedule "${name}" is still in progress`);
  }
  if (!facts.hasChanged) {
    return runsNot(`nothing has changed since the last successful run of schedule "${name}"`);
  }
  return runs(`schedule "${name}"`);
}
