// What a job does next, from its graph and the states of its steps alone. It touches nothing, so
// that a job taken up after a crash goes on by the same rule as one that was never interrupted.
import { hasEnded, type JobStatus } from '../job/job.ts';

export interface StepState {
  readonly status: JobStatus;
  /** The names of the steps whose outputs this one takes. */
  readonly dependsOn: readonly string[];
}

export interface JobState {
  readonly cancelRequested: boolean;
  /** Whether steps that do not depend on a failed one still run. */
  readonly continueOnStepFailure: boolean;
  readonly steps: ReadonlyMap<string, StepState>;
}

export interface NextActions {
  /** Steps whose time has come. */
  readonly start: readonly string[];
  /** Steps that never ran and now never will. */
  readonly skip: readonly string[];
  /** Steps that run and are to be stopped. */
  readonly stop: readonly string[];
  /** The job's last state, once no step is left that could still change it. */
  readonly finish: 'Completed' | 'Failed' | 'Canceled' | null;
}

export function nextActions(job: JobState): NextActions {
  const skip = stepsToSkip(job);
  const isOpen = ([name, step]: readonly [string, StepState]) =>
    !hasEnded(step.status) && !skip.has(name);
  const open = [...job.steps].filter(isOpen);
  return {
    start: open.filter(([, step]) => isReady(job, step)).map(([name]) => name),
    skip: [...skip],
    stop: stopsEarly(job) ? open.map(([name]) => name) : [],
    finish: open.length === 0 ? lastStatus(job) : null,
  };
}

function isReady(job: JobState, step: StepState): boolean {
  return step.status === 'NotStarted' && step.dependsOn.every((name) => completed(job, name));
}

function stepsToSkip(job: JobState): Set<string> {
  const skip = new Set<string>();
  const neverCompletes = (name: string) => skip.has(name) || endedOtherwise(job, name);
  // A skipped step can make a later one hopeless: go on until a pass finds no more.
  for (let found = true; found; ) {
    found = false;
    for (const [name, step] of job.steps) {
      if (step.status !== 'NotStarted' || skip.has(name)) continue;
      if (stopsEarly(job) || step.dependsOn.some(neverCompletes)) {
        skip.add(name);
        found = true;
      }
    }
  }
  return skip;
}

function stopsEarly(job: JobState): boolean {
  return job.cancelRequested || (!job.continueOnStepFailure && hasFailedStep(job));
}

function lastStatus(job: JobState): 'Completed' | 'Failed' | 'Canceled' {
  if (job.cancelRequested) return 'Canceled';
  return hasFailedStep(job) ? 'Failed' : 'Completed';
}

function hasFailedStep(job: JobState): boolean {
  return [...job.steps.values()].some((step) => step.status === 'Failed');
}

function completed(job: JobState, name: string): boolean {
  return job.steps.get(name)?.status === 'Completed';
}

function endedOtherwise(job: JobState, name: string): boolean {
  const status = job.steps.get(name)?.status;
  return status === 'Failed' || status === 'Canceled';
}
