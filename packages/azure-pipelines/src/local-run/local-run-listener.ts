// What a run tells while it goes, to whoever shows it.
import type { LogLine } from '../execute/log-line.ts';
import type { StepRecord } from '../execute/step-record.ts';
import type { JobRun } from '../orchestrate/job-run.ts';
import type { Result } from '../orchestrate/result.ts';

export interface LocalRunListener {
  jobStarted(job: JobRun): void;
  line(job: JobRun, line: LogLine): void;
  /** Again whenever it changes. */
  step(job: JobRun, step: StepRecord): void;
  jobEnded(job: JobRun, result: Result): void;
  /** A stage, or one of its jobs, that does not run; and why, a line each. */
  skipped(node: NodeWords, result: Result, trace: readonly string[]): void;
  stageEnded(stage: string, result: Result): void;
  /** What a person should know that is no line of a log: a copied tree, a mistake before a job. */
  note(text: string): void;
}

export interface NodeWords {
  readonly stage: string;
  readonly job?: string | undefined;
}

/** What a person is asked before a stage goes on. */
export interface Question {
  readonly kind: 'approval' | 'manualStage' | 'manualValidation';
  readonly stage: string;
  /** What it is about: the environments of the stage, or the instructions of the task. */
  readonly about: readonly string[];
  /** Of an approval. */
  readonly instructions?: string;
  /** Whom Azure DevOps would ask. */
  readonly approvers?: readonly string[];
}

/** How a question was answered, and by whom. */
export interface Answer {
  readonly isApproved: boolean;
  readonly by: string;
}

export type Ask = (question: Question, signal: AbortSignal) => Promise<Answer>;
