// Results of steps: how those of one step come together, and what they do to the job's.

import type { CommandResult } from '../command/command-target.ts';
import type { StepResult } from './step-record.ts';

const order: readonly StepResult[] = [
  'succeeded',
  'succeededWithIssues',
  'failed',
  'canceled',
  'skipped',
];

/** The worse of two; but what is failed, or worse, stays as it is. */
export function mergeResults(current: StepResult, coming: StepResult): StepResult {
  if (order.indexOf(current) >= order.indexOf('failed')) return current;
  return order.indexOf(coming) > order.indexOf(current) ? coming : current;
}

/** Abandoned: no one knows how it ended, so nothing may build on it. */
export const resultOfCommand: Readonly<Record<CommandResult, StepResult>> = {
  Succeeded: 'succeeded',
  SucceededWithIssues: 'succeededWithIssues',
  Failed: 'failed',
  Canceled: 'canceled',
  Skipped: 'skipped',
  Abandoned: 'failed',
};
