import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JobFailureCode } from '../job/job.ts';
import type { StepOutcome } from '../step/step-outcome.ts';
import { neverRetryExitCode, retryTime } from './retry.ts';

const failed = (
  code: JobFailureCode = 'STEP_FAILED',
  exitCode: number | null = 1,
): StepOutcome => ({
  status: 'Failed',
  exitCode,
  error: { code, message: '' },
});
const retrying = (maxRetries: number, backoffSeconds = 10) => ({
  retry: { maxRetries, backoffSeconds },
});

test('the wait doubles each time, up to ten minutes', () => {
  const waits = [0, 1, 2, 5, 6, 7, 100].map((retries) =>
    retryTime(retrying(1000), failed(), retries, 0),
  );
  expect(waits).toEqual([10_000, 20_000, 40_000, 320_000, 600_000, 600_000, 600_000]);
});

test('there are as many retries as the definition says', () => {
  fc.assert(
    fc.property(fc.nat(50), fc.nat(600), fc.nat(), (maxRetries, backoff, now) => {
      let retries = 0;
      for (let time: number | null = now; time !== null; retries += 1) {
        time = retryTime(retrying(maxRetries, backoff), failed(), retries, now);
        if (time !== null) expect(time).toBeGreaterThanOrEqual(now);
      }
      expect(retries - 1).toBe(maxRetries);
    }),
  );
});

test.each<[string, StepOutcome]>([
  ['has completed', { status: 'Completed', exitCode: 0, error: null }],
  ['was cancelled', { status: 'Canceled', exitCode: 143, error: null }],
  ['says that trying again is of no use', failed('STEP_FAILED', neverRetryExitCode)],
  ['has printed too much', failed('STEP_LOG_TOO_LARGE', 143)],
  ['has written too much', failed('STEP_TOO_LARGE', 143)],
  ['has not written an output', failed('STEP_OUTPUT_MISSING', 0)],
  ['could not be started', failed('STEP_PREPARATION_FAILED', null)],
  ['met a full disk', failed('STEP_DISK_FULL', 0)],
])('a step that %s is not tried again', (_name, outcome) => {
  expect(retryTime(retrying(5), outcome, 0, 0)).toBeNull();
});

test.each<JobFailureCode>(['STEP_FAILED', 'STEP_KILLED', 'STEP_TIMEOUT'])('%s is', (code) => {
  expect(retryTime(retrying(5), failed(code), 0, 0)).toBe(10_000);
});
