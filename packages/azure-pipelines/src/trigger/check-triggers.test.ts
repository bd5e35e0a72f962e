// Triggers from their files: what is read, what is refused, and rows of CONFORMANCE.md.
import { describe, expect, test } from 'vitest';
import { mistakesIn, pipelineOf } from '../pipeline/testing.fixture.ts';
import { isTriggeredByCompletion } from './completion.ts';
import { isTriggeredByPullRequest } from './pull-request.ts';
import { isTriggeredBy } from './push.ts';
import { decideOnSchedule } from './schedule.ts';
import type { Schedule } from './trigger.ts';

function fileWith(...lines: readonly string[]): string {
  return [...lines, 'steps:', '- script: echo', ''].join('\n');
}

function pushOf(ref: string, ...changedPaths: string[]) {
  return changedPaths.length === 0 ? { ref } : { ref, changedPaths };
}

describe('from a file', () => {
  test('row 15.22: a branch that is not excluded starts a run', () => {
    const { trigger } = pipelineOf(fileWith('trigger: {branches: {exclude: [dev]}}'));
    expect(isTriggeredBy(trigger, pushOf('refs/heads/feature/x'))).toBe(true);
    expect(isTriggeredBy(trigger, pushOf('refs/heads/dev'))).toBe(false);
  });

  test('row 15.23: a star crosses a slash', () => {
    const { trigger } = pipelineOf(fileWith('trigger: [releases/*]'));
    expect(isTriggeredBy(trigger, pushOf('refs/heads/releases/a/b'))).toBe(true);
    expect(isTriggeredBy(trigger, pushOf('refs/heads/main'))).toBe(false);
  });

  test('row 15.24: one changed file outside of what is excluded is enough', () => {
    const { trigger } = pipelineOf(fileWith('trigger:', '  paths: {exclude: [docs]}'));
    expect(isTriggeredBy(trigger, pushOf('main', 'docs/a.md', 'src/b'))).toBe(true);
    expect(isTriggeredBy(trigger, pushOf('main', 'docs/a.md'))).toBe(false);
  });

  test('row 14.27: a schedule that runs always does so also when nothing has changed', () => {
    const always = 'schedules: [{cron: 0 3 * * *, branches: {include: [main]}, always: true}]';
    const [schedule] = pipelineOf(fileWith(always)).schedules;
    const facts = { hasChanged: false, isRunning: true };
    expect(decideOnSchedule(schedule as Schedule, facts).runs).toBe(true);
  });
});

test('a file that says nothing takes pushes and pull requests; "none" takes neither', () => {
  const silent = pipelineOf(fileWith());
  expect(isTriggeredBy(silent.trigger, pushOf('any'))).toBe(true);
  expect(isTriggeredByPullRequest(silent.pr, { targetBranch: 'any' })).toBe(true);
  const none = pipelineOf(fileWith('trigger: none', 'pr: none'));
  expect(isTriggeredBy(none.trigger, pushOf('any'))).toBe(false);
  expect(isTriggeredByPullRequest(none.pr, { targetBranch: 'any' })).toBe(false);
});

test('the trigger of a continuous integration takes its branch and its paths only', () => {
  const { trigger } = pipelineOf(
    fileWith(
      'trigger:',
      '  branches:',
      '    include:',
      '    - master',
      '  paths:',
      '    include:',
      '    - diabetes_regression/',
      '    - ml_service/pipelines/*build_train_pipeline*.py',
    ),
  );
  const file = 'ml_service/pipelines/diabetes_regression_build_train_pipeline.py';
  expect(isTriggeredBy(trigger, pushOf('refs/heads/master', file))).toBe(true);
  expect(isTriggeredBy(trigger, pushOf('master', 'diabetes_regression/scoring/score.py'))).toBe(
    true,
  );
  expect(isTriggeredBy(trigger, pushOf('master', 'README.md'))).toBe(false);
  expect(isTriggeredBy(trigger, pushOf('dev', file))).toBe(false);
});

test('the trigger of a release takes the runs of its source on its branch', () => {
  const [source] = pipelineOf(
    fileWith(
      'resources:',
      '  pipelines:',
      '  - pipeline: model-train-ci',
      '    source: Model-Train-Register-CI',
      '    trigger:',
      '      branches:',
      '        include: [master]',
    ),
  ).resources.pipelines;
  const run = {
    branch: 'refs/heads/master',
    tags: [],
    result: 'succeeded',
    stages: new Map(),
  } as const;
  expect(isTriggeredByCompletion(source?.trigger, run)).toBe(true);
  expect(isTriggeredByCompletion(source?.trigger, { ...run, branch: 'dev' })).toBe(false);
  expect(isTriggeredByCompletion(source?.trigger, { ...run, result: 'failed' })).toBe(false);
});

describe('a mistake stands where the file has it', () => {
  test.each([
    [
      'schedules: [{cron: 0 25 * * *}]',
      '1:13 VALUE_NOT_ALLOWED The cron line "0 25 * * *" cannot be read: "25" is no hour; write 0 to 23, *, a range a-b, a step */n, or a list.',
    ],
    [
      'schedules: [{cron: 0 0 31 2 *}]',
      '1:13 VALUE_NOT_ALLOWED The cron line "0 0 31 2 *" names a day that never comes. Change its day or month.',
    ],
    [
      'name: a/b:$(Rev:r).',
      '1:7 NAME_INVALID The name of a run cannot end with a point. Change "name".',
    ],
  ])('%s', (line, mistake) => {
    expect(mistakesIn(fileWith(line))).toContain(mistake);
  });

  test.each(['name: $(Date:HH:mm)', 'name: $(x)', "name: ''", 'name: $(Rev:r)'])(
    '%s may turn out well',
    (line) => {
      expect(mistakesIn(fileWith(line))).toEqual([]);
    },
  );
});
