// Names of artifacts: what they may hold, and the one that a step without a name publishes under.

import type { TaskContext } from '../task.ts';
import { TaskFailure } from '../task-outcome.ts';

const forbidden = /[\\/":<>|*?]/;

export function checkArtifactName(name: string): string {
  const letter = forbidden.exec(name)?.[0];
  if (letter !== undefined || /^\.*$/.test(name) || hasControls(name)) {
    const found = letter ?? 'control characters or dots only';
    throw new TaskFailure(
      `The artifact name '${name}' holds ${found}; names may not have \\ / " : < > | * ? in them`,
    );
  }
  return name;
}

function hasControls(name: string): boolean {
  return [...name].some((letter) => letter < ' ');
}

/** Unique in the run as long as a job publishes one artifact without a name. */
export function defaultArtifactName(context: TaskContext): string {
  const job = context.variables.get('System.JobIdentifier') ?? '';
  return job.replace(new RegExp(forbidden, 'g'), '_') || 'artifact';
}
