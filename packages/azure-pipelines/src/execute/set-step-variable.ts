// Where a variable goes that a command of a step sets: an output to those that come after the job, any
// other one to the rest of the job.
import type { SetVariable } from '../command/command-target.ts';
import type { Step } from '../pipeline/step.ts';
import type { TaskDefinition } from '../task/task.ts';
import type { JobScope } from './job-scope.ts';

interface StepOfJob {
  readonly job: JobScope;
  readonly step: Step;
}

/** False: it is readonly, and stays what it was. */
export function setStepVariable(
  { job, step }: StepOfJob,
  name: string,
  value: string,
  options: SetVariable,
): boolean {
  const task = job.settings.tasks.find(step.task);
  if (options.output || isOutputOf(task, name)) {
    setOutput(job, `${step.refName}.${name}`, value, options);
    return true;
  }
  if (job.variables.find(name)?.readonly === true) return false;
  job.setVariable(name, value, options);
  return true;
}

/** Under its long name only: `$(name)` alone stays what it was. */
function setOutput(job: JobScope, key: string, value: string, options: SetVariable): void {
  job.outputs.set(key, value);
  job.setVariable(key, value, { ...options, readonly: true });
}

/** What a task's definition names as an output is one without saying so. */
function isOutputOf(task: TaskDefinition | undefined, name: string): boolean {
  const outputs = task?.runsOn === 'agent' ? (task.outputVariables ?? []) : [];
  return outputs.some((output) => output.toLowerCase() === name.toLowerCase());
}
