// What a job needs of its surroundings: where its logs and findings go, and (as `TaskHost`) where
// sources, artifacts, connections and secret files are. A host on one machine and a build server
// implement it; nothing here says how.

import type { ServerTaskHost } from '../task/server/server-task.ts';
import type { TaskHost } from '../task/task-host.ts';
import type { JobMemory } from './job-memory.ts';
import type { LogLine } from './log-line.ts';
import type { StepRecord } from './step-record.ts';

export interface JobHost extends TaskHost {
  /** Aborted: the job is to be canceled. */
  readonly signal: AbortSignal;
  log(line: LogLine): void;
  /** Where the log's reader lags: what to wait for before more of a step's output is read. */
  logDrained?(): Promise<void> | undefined;
  timeline(record: StepRecord): void;
  /** Before a step does its work, and before it is told that it has: a host that writes this and the
   * timeline down can go on with the job after its own end, by `RunJobOptions.cutOff`. */
  keep?(memory: JobMemory): Promise<void>;
  /** Keeps a file or folder with the run: a summary, a log, an attachment. */
  attach(kind: AttachmentKind, file: string, details?: AttachmentDetails): Promise<void>;
  setBuildNumber(buildNumber: string): Promise<void>;
  addBuildTag(tag: string): Promise<void>;
  /** For jobs of `pool: server`; without it they fail. */
  readonly serverTasks?: ServerTaskHost;
}

export type AttachmentKind = 'summary' | 'file' | 'log' | 'attachment';

export interface AttachmentDetails {
  /** The `StepRecord.id` of the step that attaches it. */
  readonly step: string;
  readonly name?: string;
  /** Of `attachment`: the type that its command names. */
  readonly type?: string;
}
