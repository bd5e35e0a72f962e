// The port of a trigger: it remembers how far it has looked, looks again, and says what has happened
// since. It writes nothing down itself.
import type { CatchUp } from '../schedule.ts';

/** Something that makes a schedule fire. */
export interface Happening {
  /** The same happening has the same key, and so fires once. */
  readonly key: string;
  readonly dueAt: number;
  readonly reason: string;
  /** What `${{trigger.…}}` stands for, by what follows the point. */
  readonly facts: Readonly<Record<string, string>>;
  /** Written down, but not carried out. */
  readonly isSkipped?: boolean;
}

export interface Look<Cursor> {
  readonly happenings: readonly Happening[];
  readonly cursor: Cursor;
}

export interface WatchContext {
  readonly scheduleId: string;
  readonly catchUp: CatchUp;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** `Cursor` is JSON: how far the trigger has looked. */
export interface Watch<Trigger, Cursor> {
  /** What is there already does not fire. */
  begin(trigger: Trigger, context: WatchContext): Promise<Cursor>;
  look(trigger: Trigger, cursor: Cursor, context: WatchContext): Promise<Look<Cursor>>;
  /** When to look again; null: never, as somebody tells. */
  wakeAt(trigger: Trigger, cursor: Cursor, now: number): number | null;
}
