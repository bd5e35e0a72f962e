// One step of a job on its way: its state in memory, from which the job decides what comes next.
import type { Step } from '@ridgeline/azureml-yaml';
import type { ChildSpec } from '../composite/child-spec.ts';
import type { CompositeStep, KeptResult } from '../composite/composite.ts';
import type { JobFailure, JobStatus } from '../job/job.ts';
import type { JobStepRow } from '../job/job-store.ts';
import type { StopRequest } from '../step/watch-process.ts';
import type { Attempt, StepOfJob } from './attempt.ts';
import type { News } from './news.ts';
import type { StepState } from './step-graph.ts';

interface StepCore extends StepState {
  /** What has made it; null for a step of the definition. */
  readonly spec: ChildSpec | null;
  /** Its reason is a `StopRequest`. */
  readonly stopping: AbortController;
  status: JobStatus;
  /** The latest; null before the first. */
  attempt: Attempt | null;
  error: JobFailure | null;
}

/** A step that runs a command. */
export interface ActiveStep extends StepCore {
  readonly kind: 'work';
  readonly step: Step;
  readonly stepOfJob: StepOfJob;
  /** Whether it was never asked if an earlier result can be taken. */
  isUndecided: boolean;
  /** When it may be tried again, having failed; null where it does not wait for that. */
  retryAtMs: number | null;
  /** How often it was tried again, having failed. */
  retries: number;
}

/** A step that starts no process of its own, but other steps. */
export interface ActiveComposite extends StepCore {
  readonly kind: 'composite';
  readonly step: CompositeStep;
  /** Its name in the definition. */
  readonly definedAs: string;
  /** The run under which its own stands. */
  readonly parentRunId: string;
  /** Wakes it when something has changed of its children. */
  readonly news: News;
  /** What it has come to; null before. */
  result: KeptResult | null;
}

export type AnyStep = ActiveStep | ActiveComposite;

/** By name, in the definition's order, then in the order in which they were made. */
export type ActiveSteps = ReadonlyMap<string, AnyStep>;

/** The first request counts. */
export function stopStep(step: AnyStep, request: StopRequest): void {
  if (!step.stopping.signal.aborted) step.stopping.abort(request);
  if (step.kind === 'composite') step.news.tell();
}

/** Of a job's steps, not of their children: what those come to is for their composite step to say. */
export function firstFailure(steps: ActiveSteps): JobFailure | null {
  const failed = ({ parent, status }: AnyStep) => parent === null && status === 'Failed';
  return [...steps.values()].find(failed)?.error ?? null;
}

/** The latest attempt of a step; null before the first. */
export function storedAttempt(row: JobStepRow): Attempt | null {
  if (row.run_id === null) return null;
  return {
    jobId: row.job_id,
    stepName: row.step_name,
    number: row.attempt,
    runId: row.run_id,
    startedAtMs: row.started_at ?? 0,
    trackingUrl: row.tracking_url ?? '',
    retries: row.retries,
  };
}
