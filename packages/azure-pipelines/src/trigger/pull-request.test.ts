import { describe, expect, test } from 'vitest';
import { decideOnPullRequest, isTriggeredByPullRequest } from './pull-request.ts';
import { impliedPullRequestTrigger } from './trigger.ts';

describe('a pull request', () => {
  test('starts a run where the file says nothing, and none with "pr: none"', () => {
    expect(isTriggeredByPullRequest(undefined, { targetBranch: 'refs/heads/main' })).toBe(true);
    const none = { ...impliedPullRequestTrigger, enabled: false };
    expect(decideOnPullRequest(none, { targetBranch: 'main' }).why).toBe(
      'the pipeline has "pr: none"',
    );
  });

  test('is filtered by the branch that it goes into', () => {
    const trigger = {
      ...impliedPullRequestTrigger,
      branches: { include: ['main', 'releases/*'], exclude: ['releases/old*'] },
    };
    expect(isTriggeredByPullRequest(trigger, { targetBranch: 'releases/1' })).toBe(true);
    expect(decideOnPullRequest(trigger, { targetBranch: 'refs/heads/releases/old/1' })).toEqual({
      runs: false,
      why: 'target branch "releases/old/1" does not pass the branch filters',
    });
  });

  test('is filtered by its paths', () => {
    const paths = { include: ['src'], exclude: [] };
    const trigger = { ...impliedPullRequestTrigger, paths };
    const request = { targetBranch: 'main', changedPaths: ['docs/a'] };
    expect(isTriggeredByPullRequest(trigger, request)).toBe(false);
    expect(isTriggeredByPullRequest(trigger, { targetBranch: 'main' })).toBe(true);
  });

  test('that is a draft starts a run unless drafts are switched off', () => {
    const draft = { targetBranch: 'main', isDraft: true };
    expect(isTriggeredByPullRequest(undefined, draft)).toBe(true);
    const trigger = { ...impliedPullRequestTrigger, drafts: false };
    expect(decideOnPullRequest(trigger, draft).why).toBe('the pull request is a draft');
    expect(isTriggeredByPullRequest(trigger, { ...draft, isDraft: false })).toBe(true);
  });
});
