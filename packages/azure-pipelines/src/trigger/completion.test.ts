import { describe, expect, test } from 'vitest';
import type { CompletionTrigger } from '../pipeline/resources.ts';
import {
  decideOnCompletion,
  isTriggeredByCompletion,
  refOfTriggeredRun,
  type SourceRun,
} from './completion.ts';

const any: CompletionTrigger = { tags: [], stages: [] };
const run: SourceRun = {
  branch: 'refs/heads/main',
  tags: ['Production', 'signed'],
  result: 'succeeded',
  stages: new Map([
    ['Build', 'succeeded'],
    ['test', 'succeededWithIssues'],
    ['deploy', 'failed'],
  ]),
};

describe('the end of another run', () => {
  test('starts nothing where the resource has no trigger', () => {
    expect(decideOnCompletion(undefined, run).why).toBe('the resource has no trigger');
  });

  test('starts a run when it went well, issues or not', () => {
    expect(isTriggeredByCompletion(any, run)).toBe(true);
    expect(isTriggeredByCompletion(any, { ...run, result: 'succeededWithIssues' })).toBe(true);
    expect(decideOnCompletion(any, { ...run, result: 'failed' }).why).toBe('the run has failed');
    const { result: _, ...going } = run;
    expect(decideOnCompletion(any, going).why).toBe('the run has not ended');
  });

  test('has to be of a branch that passes', () => {
    const trigger = { ...any, branches: { include: ['releases/*'], exclude: [] } };
    expect(decideOnCompletion(trigger, run).why).toBe(
      'branch "main" does not pass the branch filters',
    );
    expect(isTriggeredByCompletion(trigger, { ...run, branch: 'releases/1/2' })).toBe(true);
  });

  test('has to carry every tag', () => {
    expect(isTriggeredByCompletion({ ...any, tags: ['production', 'signed'] }, run)).toBe(true);
    expect(decideOnCompletion({ ...any, tags: ['signed', 'verified'] }, run).why).toBe(
      'the run does not carry the tag "verified"',
    );
  });

  test('of stages: every one has to have succeeded, whatever becomes of the run', () => {
    const { result: _, ...going } = run;
    expect(isTriggeredByCompletion({ ...any, stages: ['build', 'test'] }, going)).toBe(true);
    expect(decideOnCompletion({ ...any, stages: ['build', 'deploy'] }, run).why).toBe(
      'stage "deploy" of the run has not succeeded',
    );
    expect(isTriggeredByCompletion({ ...any, stages: ['build', 'later'] }, run)).toBe(false);
  });
});

test('the run takes the same commit in the same repository, else its own default branch', () => {
  const source = { repository: 'a', branch: 'dev', commit: 'c0ffee' };
  expect(refOfTriggeredRun(source, { repository: 'a', defaultBranch: 'main' })).toEqual({
    ref: 'refs/heads/dev',
    commit: 'c0ffee',
  });
  expect(refOfTriggeredRun(source, { repository: 'b', defaultBranch: 'main' })).toEqual({
    ref: 'refs/heads/main',
  });
});
