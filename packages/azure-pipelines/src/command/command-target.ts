// What logging commands act on: the step that prints them, and its job.

import type { DetailRecord, Issue } from '../execute/step-record.ts';

export interface CommandTarget {
  /** False: the variable is read-only, and keeps its value. */
  setVariable(name: string, value: string, options: SetVariable): boolean;
  /** For the parts of one task: before, in and after the job. */
  setTaskVariable(name: string, value: string, secret: boolean): void;
  addSecret(value: string): void;
  addIssue(issue: Issue): void;
  debug(text: string): void;
  complete(result: CommandResult, message: string, now: boolean): void;
  setProgress(percent: number, operation: string): void;
  addDetail(detail: DetailRecord): void;
  prependPath(folder: string): void;
  setEndpoint(change: EndpointChange): void;
  readonly run: RunTarget;
}

/** What outlives the step. */
export interface RunTarget {
  attach(kind: 'summary' | 'file' | 'log', file: string): void;
  addAttachment(type: string, name: string, file: string): void;
  publishArtifact(name: string, path: string): void;
  setBuildNumber(text: string): void;
  addBuildTag(tag: string): void;
  /** Commands of results do the work of a task. */
  runTask(name: string, version: number, inputs: ReadonlyMap<string, string>): void;
}

export interface SetVariable {
  readonly secret: boolean;
  readonly output: boolean;
  readonly readonly: boolean;
  readonly preserveCase: boolean;
}

export interface EndpointChange {
  readonly id: string;
  readonly field: 'authParameter' | 'dataParameter' | 'url';
  readonly key: string;
  readonly value: string;
}

/** `Skipped` and `Abandoned` are results here only, as no step is asked to run any more. */
export const commandResults = [
  'Succeeded',
  'SucceededWithIssues',
  'Failed',
  'Canceled',
  'Skipped',
  'Abandoned',
] as const;
export type CommandResult = (typeof commandResults)[number];
