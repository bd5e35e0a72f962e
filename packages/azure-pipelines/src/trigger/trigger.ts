// What starts runs of a pipeline: the parts `trigger`, `pr` and `schedules` of its file, read.
// Their patterns are as the file has them; wildcard.ts says what they match.
import type { Origin } from '../text/origin.ts';

/** Nothing included means everything; what is excluded is taken out of that. */
export interface Filters {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

export const noFilters: Filters = { include: [], exclude: [] };

/** `trigger: none` is `enabled: false`. */
export interface PushTrigger {
  readonly enabled: boolean;
  /** Whether pushes during a run wait and then start one run together; default false. */
  readonly batch: boolean;
  readonly branches: Filters;
  readonly paths: Filters;
  /** Tags start runs only where this names some. */
  readonly tags: Filters;
}

/** `pr: none` is `enabled: false`. */
export interface PullRequestTrigger {
  readonly enabled: boolean;
  /** Whether an update of the pull request ends the run of the older state; default true. */
  readonly autoCancel: boolean;
  /** Of the branch that it is to be merged into. */
  readonly branches: Filters;
  readonly paths: Filters;
  /** Whether drafts start runs; default true. */
  readonly drafts: boolean;
}

export interface Schedule {
  /** Five fields, in UTC. */
  readonly cron: string;
  readonly displayName?: string;
  readonly branches: Filters;
  /** Not while the run of this schedule before is still going on; default false. */
  readonly batch: boolean;
  /** Also when nothing has changed since the last good run of it; default false. */
  readonly always: boolean;
  readonly origin: Origin;
}

/** A file that says nothing of `trigger`: a push to any branch starts a run. */
export const impliedPushTrigger: PushTrigger = {
  enabled: true,
  batch: false,
  branches: noFilters,
  paths: noFilters,
  tags: noFilters,
};

/** A file that says nothing of `pr`: a pull request into any branch starts a run. */
export const impliedPullRequestTrigger: PullRequestTrigger = {
  enabled: true,
  autoCancel: true,
  branches: noFilters,
  paths: noFilters,
  drafts: true,
};
