import { expect, test } from 'vitest';
import { type BuildFacts, compileTimeVariables, runVariables } from './build-variables.ts';

const repository = {
  root: '/product',
  name: 'product',
  isGit: true,
  branch: 'refs/heads/main',
  commit: 'c0ffee',
  author: 'Ada',
  message: 'Add a thing\n\nand say why',
  uri: 'https://example.com/team/product.git',
};

function factsOf(change: Partial<BuildFacts> = {}): BuildFacts {
  return {
    number: 7,
    buildNumber: '20260102.3',
    definitionName: 'Product-CI',
    reason: 'Manual',
    branch: 'refs/heads/feature/a/b',
    repository,
    variables: {},
    ...change,
  };
}

const valueIn = (facts: BuildFacts, name: string) => runVariables(facts).get(name)?.value;

test('rows 14.32 and 15.43: SourceBranchName is what stands behind the last slash', () => {
  expect(valueIn(factsOf(), 'Build.SourceBranchName')).toBe('b');
});

test('the number of a run is known to its jobs, and not when it is compiled', () => {
  expect(valueIn(factsOf(), 'Build.BuildNumber')).toBe('20260102.3');
  expect(compileTimeVariables(factsOf()).has('Build.BuildNumber')).toBe(false);
  expect(compileTimeVariables(factsOf()).get('Build.DefinitionName')).toBe('Product-CI');
});

test('a commit says who and what, in one line', () => {
  expect(valueIn(factsOf(), 'Build.SourceVersionMessage')).toBe('Add a thing');
  expect(valueIn(factsOf(), 'Build.SourceVersionAuthor')).toBe('Ada');
});

test('a pull request has variables of its own', () => {
  const facts = factsOf({ reason: 'PullRequest', branch: 'refs/pull/12/merge' });
  expect(valueIn(facts, 'System.PullRequest.PullRequestId')).toBe('12');
  expect(valueIn(factsOf(), 'System.PullRequest.PullRequestId')).toBeUndefined();
});

test('none of them can be set by a step, and each can be given at the start', () => {
  const facts = factsOf({ variables: { 'system.TEAMPROJECT': 'Other', mine: 'x' } });
  expect(runVariables(facts).get('System.TeamProject')).toEqual({
    value: 'Other',
    secret: false,
    readonly: true,
  });
  expect(valueIn(facts, 'mine')).toBeUndefined();
});

test.each([
  ['PullRequest', 'System.PullRequest.IsFork', 'False'],
  ['PullRequest', 'System.PullRequest.PullRequestNumber', '1'],
  ['PullRequest', 'System.PullRequest.SourceBranch', 'refs/heads/feature/a/b'],
  ['PullRequest', 'System.PullRequest.SourceCommitId', 'c0ffee'],
  ['PullRequest', 'System.PullRequest.SourceRepositoryURI', 'https://example.com/team/product.git'],
  ['PullRequest', 'System.PullRequest.TargetBranch', 'refs/heads/main'],
  ['PullRequest', 'System.PullRequest.targetBranchName', 'main'],
  ['Schedule', 'Build.CronSchedule.DisplayName', ''],
])('a run by %s has %s', (reason, name, value) => {
  expect(valueIn(factsOf({ reason }), name)).toBe(value);
  expect(valueIn(factsOf(), name)).toBeUndefined();
});
