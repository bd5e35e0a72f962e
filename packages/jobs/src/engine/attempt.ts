// One attempt of a step: which it is, and all of its job that it needs.
import { randomUUID } from 'node:crypto';
import type { CommandStep } from '@ridgeline/azureml-yaml';
import type { StepPriority } from '../job/job.ts';
import type { JobRow } from '../job/job-store.ts';
import { type StepFolder, stepFolder } from '../step/step-folder.ts';
import type { ResolvedInputs } from '../submission/submission.ts';
import type { EngineContext } from './engine-context.ts';

export interface JobFacts {
  readonly type: JobRow['type'];
  /** Earlier jobs of this name are those to compare with. */
  readonly pipelineName: string;
  readonly forceRerun: boolean;
}

/** A step together with all of its job that its attempts need. */
export interface StepOfJob {
  readonly jobId: string;
  readonly experimentId: string;
  readonly experimentName: string;
  /** Who has submitted the job: its steps act for them. */
  readonly submittedBy: string;
  readonly step: CommandStep;
  /** The run under which those of its attempts stand: the job's, or that of its composite step. */
  readonly parentRunId: string;
  /** The name of the compute that it runs on. */
  readonly compute: string;
  readonly priority: StepPriority;
  /** What its job is, as far as it decides whether an earlier result may be taken. */
  readonly job: JobFacts;
  /** For the runs of its attempts. */
  readonly tags: Readonly<Record<string, string>>;
  /** The id of the uploaded code; null for a step without code. */
  readonly codeId: string | null;
  readonly resolvedInputs: ResolvedInputs;
}

export interface Attempt {
  readonly jobId: string;
  readonly stepName: string;
  /** From 1. */
  readonly number: number;
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly startedAtMs: number;
  /** Where its process finds the server. */
  readonly trackingUrl: string;
  /** How often the step was tried again before, as it had failed. */
  readonly retries: number;
}

export function newAttempt(
  context: EngineContext,
  { jobId, step }: StepOfJob,
  { number, retries }: { readonly number: number; readonly retries: number },
): Attempt {
  return {
    jobId,
    stepName: step.name,
    number,
    runId: randomUUID().replaceAll('-', ''),
    startedAtMs: context.now(),
    trackingUrl: context.trackingUrl(),
    retries,
  };
}

export function attemptFolder(
  { workspace }: EngineContext,
  { jobId, stepName, number }: Attempt,
): StepFolder {
  return stepFolder(workspace.folder, jobId, stepName, number);
}
