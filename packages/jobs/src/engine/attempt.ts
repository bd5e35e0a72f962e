// One attempt of a step: which it is, and all of its job that it needs.
import { randomUUID } from 'node:crypto';
import type { CommandStep } from '@ridgeline/azureml-yaml';
import { type StepFolder, stepFolder } from '../step/step-folder.ts';
import type { ResolvedInputs } from '../submission/submission.ts';
import type { EngineContext } from './engine-context.ts';

/** A step together with all of its job that its attempts need. */
export interface StepOfJob {
  readonly jobId: string;
  readonly experimentId: string;
  readonly experimentName: string;
  readonly step: CommandStep;
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
}

export function newAttempt(
  context: EngineContext,
  { jobId, step }: StepOfJob,
  number: number,
): Attempt {
  return {
    jobId,
    stepName: step.name,
    number,
    runId: randomUUID().replaceAll('-', ''),
    startedAtMs: context.now(),
    trackingUrl: context.trackingUrl(),
  };
}

export function attemptFolder(
  { workspace }: EngineContext,
  { jobId, stepName, number }: Attempt,
): StepFolder {
  return stepFolder(workspace.folder, jobId, stepName, number);
}
