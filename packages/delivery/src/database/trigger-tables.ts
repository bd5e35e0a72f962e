// The tables of the triggers: how far each pipeline has looked, and what it has seen. Structured
// values are JSON text, times are milliseconds since 1970.
import type { TriggerKind, TriggerReason, TriggerStatus } from '../triggers/trigger-event.ts';

export interface TriggerTables {
  readonly delivery_watches: WatchTable;
  readonly delivery_heads: HeadTable;
  readonly delivery_batches: BatchTable;
  readonly delivery_schedules: ScheduleCursorTable;
  readonly delivery_trigger_events: TriggerEventTable;
  readonly delivery_completions: CompletionCursorTable;
  readonly delivery_pull_requests: PullRequestTable;
  readonly delivery_local_pull_requests: LocalPullRequestTable;
  readonly delivery_other_watches: OtherWatchTable;
}

/** A pipeline that is watched. What was there before it was does not count. */
export interface WatchTable {
  pipeline_id: number;
  /** A pipeline that looks elsewhere begins anew. */
  repository: string;
  since: number;
  /** Why its last look failed. */
  error_code: string | null;
  error_message: string | null;
}

/** The newest commit of a branch or tag that was seen. */
export interface HeadTable {
  pipeline_id: number;
  ref: string;
  commit_id: string;
}

/** Pushes that wait for the end of a run: `batch: true`. */
export interface BatchTable {
  pipeline_id: number;
  ref: string;
  /** The event whose build is waited for. */
  event_id: string;
  /** Commits, oldest first. */
  waiting: string;
}

/** How far a schedule of a branch has come. */
export interface ScheduleCursorTable {
  pipeline_id: number;
  /** Branch, cron line and name. */
  source: string;
  looked_at: number;
}

export interface TriggerEventTable {
  event_id: string;
  /** Counts up with each event. */
  sequence: number;
  pipeline_id: number;
  event_key: string;
  source: string;
  kind: TriggerKind;
  status: TriggerStatus;
  branch: string;
  commit_id: string;
  reason: TriggerReason;
  why: string;
  facts: string;
  noted_at: number;
  build_id: number | null;
  error_code: string | null;
  error_message: string | null;
}

/** How far the ends of builds have been looked at: one row. */
export interface CompletionCursorTable {
  id: number;
  sequence: number;
}

/** A pull request of the repository, as far as it was looked at or told of. */
export interface PullRequestTable {
  pipeline_id: number;
  number: number;
  /** What the repository published of it when it was last looked at; empty: it is to be looked at. */
  tip: string;
  /** The head that was last decided about; with ` draft` where it was not built as it was a draft. */
  decided: string;
  /** What the last signed hook said; null without one. */
  facts: string | null;
  facts_at: number;
}

/** Two branches whose merge was asked for by hand: they keep their number. */
export interface LocalPullRequestTable {
  pipeline_id: number;
  number: number;
  source: string;
  target: string;
}

/** Another repository of `resources` whose pushes are watched. */
export interface OtherWatchTable {
  pipeline_id: number;
  alias: string;
  /** One that lies elsewhere now begins anew. */
  repository: string;
}
