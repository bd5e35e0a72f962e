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
