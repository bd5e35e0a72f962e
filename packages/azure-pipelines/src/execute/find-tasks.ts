// The tasks of a job's steps, before any of them runs.

import { didYouMean } from '../diagnostic/did-you-mean.ts';
import type { JobRun } from '../orchestrate/job-run.ts';
import type { Step } from '../pipeline/step.ts';
import type { TaskDefinition } from '../task/task.ts';
import type { TaskRegistry } from '../task/task-registry.ts';
import type { KnownStep } from './planned-step.ts';

/** Reports every step whose task is not here, or not for such a job. */
export function findTasks(
  run: JobRun,
  tasks: TaskRegistry,
  report: (problem: string) => void,
): readonly KnownStep[] {
  return run.steps.flatMap((step) => {
    const task = tasks.find(step.task);
    if (task === undefined) report(`${placeOf(step)}: ${unknown(step, tasks)}`);
    else if ((task.runsOn === 'agent') !== run.holdsAgent)
      report(`${placeOf(step)}: ${misplaced(task)}`);
    else return [{ step, task }];
    return [];
  });
}

function placeOf({ origin }: Step): string {
  return `${origin.file}:${origin.line}:${origin.column}`;
}

function unknown({ task: { name, version } }: Step, tasks: TaskRegistry): string {
  const versions = tasks.named(name).flatMap((task) => task.versions);
  if (versions.length > 0)
    return `task ${name} has the versions ${versions.join(', ')}, not ${version}`;
  return `there is no task ${name}@${version}.${didYouMean(name, tasks.names())}`;
}

function misplaced({ name, runsOn }: TaskDefinition): string {
  if (runsOn === 'server') return `${name} runs without an agent only; give its job 'pool: server'`;
  return `${name} needs an agent, and a job of 'pool: server' has none; give the job another pool`;
}
