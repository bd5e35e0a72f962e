// Where a search is told of: each trial as a run below the step's own, and the outcome on the step's
// own run. The search itself never waits for it: calls are made in order, behind it.
import type { SearchOutcome } from '../search/search-types.ts';
import type { Trial } from '../search/trial.ts';

/** Names of artifacts with what is in them. */
export type TextFiles = ReadonlyMap<string, string>;

export interface RunTracker {
  /** The run that the search belongs to; null where there is none. */
  readonly runId: string | null;
  trialStarted(trial: Trial): void;
  trialEnded(trial: Trial): void;
  /** A trial's own run, when all that was told has been written; null where there is none. */
  trialRunId(trial: Trial): Promise<string | null>;
  /** Keeps the outcome and these files with the step's run. */
  finish(result: SearchOutcome, files: TextFiles): Promise<void>;
  /** Keeps a local folder with the step's run. */
  keepFolder(folder: string, artifactFolder: string): Promise<void>;
  /** Ends the runs of trials that have not ended, as a search does that was stopped. */
  abandon(): Promise<void>;
}

/** Outside a job there is nothing to write to. */
export const noTracker: RunTracker = {
  runId: null,
  trialStarted: () => {},
  trialEnded: () => {},
  trialRunId: async () => null,
  finish: async () => {},
  keepFolder: async () => {},
  abandon: async () => {},
};
