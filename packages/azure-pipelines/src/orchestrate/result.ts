// How a run and each of its parts can end, and what several ends come to together.

export const results = [
  'succeeded',
  'succeededWithIssues',
  'failed',
  'canceled',
  'skipped',
] as const;
export type Result = (typeof results)[number];

/** As conditions and Agent.JobStatus write it. */
export type ResultName = 'Succeeded' | 'SucceededWithIssues' | 'Failed' | 'Canceled' | 'Skipped';

const names: Readonly<Record<Result, ResultName>> = {
  succeeded: 'Succeeded',
  succeededWithIssues: 'SucceededWithIssues',
  failed: 'Failed',
  canceled: 'Canceled',
  skipped: 'Skipped',
};

export function resultName(result: Result): ResultName {
  return names[result];
}

export function isSuccess(result: Result): boolean {
  return result === 'succeeded' || result === 'succeededWithIssues';
}

/** What a job's end counts as once its `continueOnError` is known. */
export function weighResult(result: Result, continueOnError: boolean): Result {
  return result === 'failed' && continueOnError ? 'succeededWithIssues' : result;
}

const worstFirst: readonly Result[] = ['failed', 'canceled', 'succeededWithIssues', 'succeeded'];

/** The worst of the parts that were to run; `skipped` when none was. */
export function combineResults(parts: readonly Result[]): Result {
  return worstFirst.find((result) => parts.includes(result)) ?? 'skipped';
}
