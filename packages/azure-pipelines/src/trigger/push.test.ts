import { describe, expect, test } from 'vitest';
import { decideOnPush, isTriggeredBy } from './push.ts';
import { type Filters, impliedPushTrigger, type PushTrigger } from './trigger.ts';

function filters({ include = [], exclude = [] }: Partial<Filters>): Filters {
  return { include, exclude };
}

function on(parts: Partial<Record<'branches' | 'paths' | 'tags', Partial<Filters>>>): PushTrigger {
  const read = Object.entries(parts).map(([name, part]) => [name, filters(part)]);
  return { ...impliedPushTrigger, ...Object.fromEntries(read) };
}

describe('a push to a branch', () => {
  test('starts a run where the file says nothing, and none with "trigger: none"', () => {
    expect(isTriggeredBy(undefined, { ref: 'refs/heads/any/thing' })).toBe(true);
    const none = { ...impliedPushTrigger, enabled: false };
    expect(decideOnPush(none, { ref: 'main' })).toEqual({
      runs: false,
      why: 'the pipeline has "trigger: none"',
    });
  });

  test('rows 14.25 and 15.22: with only dev excluded, feature/x starts a run and dev does not', () => {
    const trigger = on({ branches: { exclude: ['dev'] } });
    expect(isTriggeredBy(trigger, { ref: 'refs/heads/feature/x' })).toBe(true);
    expect(decideOnPush(trigger, { ref: 'refs/heads/dev' })).toEqual({
      runs: false,
      why: 'branch "dev" does not pass the branch filters',
    });
  });

  test('rows 14.24 and 15.23: releases/* takes releases/a/b, for * crosses a slash', () => {
    const trigger = on({ branches: { include: ['releases/*'] } });
    expect(isTriggeredBy(trigger, { ref: 'refs/heads/releases/a/b' })).toBe(true);
    expect(isTriggeredBy(trigger, { ref: 'refs/heads/releases' })).toBe(false);
  });

  test('is excluded even where it is included', () => {
    const trigger = on({ branches: { include: ['*'], exclude: ['users/*', 'old'] } });
    expect(isTriggeredBy(trigger, { ref: 'users/me' })).toBe(false);
    expect(isTriggeredBy(trigger, { ref: 'older' })).toBe(true);
  });

  test('is written with or without refs/heads/, in the file and in the push', () => {
    const trigger = on({ branches: { include: ['refs/heads/main'] } });
    expect(isTriggeredBy(trigger, { ref: 'main' })).toBe(true);
    expect(isTriggeredBy(trigger, { ref: 'refs/heads/main' })).toBe(true);
    expect(isTriggeredBy(trigger, { ref: 'refs/heads/Main' })).toBe(false);
  });
});

describe('paths', () => {
  const push = (...changedPaths: string[]) => ({ ref: 'main', changedPaths });

  test('row 15.24: with docs excluded, a push that changes docs/a.md and src/b starts a run', () => {
    const trigger = on({ paths: { exclude: ['docs'] } });
    expect(isTriggeredBy(trigger, push('docs/a.md', 'src/b'))).toBe(true);
    expect(decideOnPush(trigger, push('docs/a.md', 'docs/c/d'))).toEqual({
      runs: false,
      why: 'no changed file passes the path filters',
    });
  });

  test.each([
    ['src', 'src/a/b.ts', true],
    ['src/', 'src/a', true],
    ['/src', 'src/a', true],
    ['./src', 'src/a', true],
    ['src', 'srcs/a', false],
    ['src', 'Src/a', false],
    ['README.md', 'README.md', true],
    ['src/**', 'src/a/b', true],
    ['src/*', 'src/a/b', true],
    ['*.md', 'docs/a.md', true],
    ['**/test/*', 'a/b/test/c', true],
    ['src/?.ts', 'src/a.ts', true],
    ['models/*/train', 'models/a/train/main.py', true],
    ['diabetes_regression/', 'diabetes_regression/training/train.py', true],
    ['ml_service/*build_train_pipeline*.py', 'ml_service/x_build_train_pipeline_r.py', true],
  ])('%s takes %s: %s', (pattern, path, passes) => {
    const trigger = on({ paths: { include: [pattern] } });
    expect(isTriggeredBy(trigger, push(path))).toBe(passes);
  });

  test('the deeper pattern decides, whichever comes first', () => {
    const trigger = on({
      paths: { include: ['docs/api', 'src/*'], exclude: ['docs', 'src/generated/*', 'src'] },
    });
    expect(isTriggeredBy(trigger, push('docs/api/a.md'))).toBe(true);
    expect(isTriggeredBy(trigger, push('docs/b.md'))).toBe(false);
    expect(isTriggeredBy(trigger, push('src/generated/a.ts'))).toBe(false);
    expect(isTriggeredBy(trigger, push('src/a.ts'))).toBe(false);
  });

  test('pass only together with the branch', () => {
    const trigger = on({ branches: { include: ['main'] }, paths: { include: ['src'] } });
    expect(isTriggeredBy(trigger, push('src/a'))).toBe(true);
    expect(isTriggeredBy(trigger, { ref: 'dev', changedPaths: ['src/a'] })).toBe(false);
    expect(isTriggeredBy(trigger, push('docs/a'))).toBe(false);
  });

  test('count as passed where nothing can be compared', () => {
    const trigger = on({ paths: { include: ['src'] } });
    expect(isTriggeredBy(trigger, { ref: 'new' })).toBe(true);
    expect(isTriggeredBy(trigger, push())).toBe(false);
  });
});

describe('tags', () => {
  const tag = { ref: 'refs/tags/v2.1' };

  test('start nothing unless patterns ask for them', () => {
    expect(decideOnPush(undefined, tag)).toEqual({
      runs: false,
      why: 'tag "v2.1" does not pass the tag filters; without any, tags start nothing',
    });
    expect(isTriggeredBy(on({ branches: { include: ['*'] } }), tag)).toBe(false);
    expect(isTriggeredBy(on({ tags: { include: ['v2.*'] } }), tag)).toBe(true);
    expect(isTriggeredBy(on({ tags: { include: ['v2.*'], exclude: ['v2.1'] } }), tag)).toBe(false);
    expect(isTriggeredBy(on({ tags: { exclude: ['v1*'] } }), tag)).toBe(true);
  });

  test('may be asked for among the branches', () => {
    const trigger = on({ branches: { include: ['refs/tags/v*', 'main'] } });
    expect(isTriggeredBy(trigger, tag)).toBe(true);
    expect(isTriggeredBy(trigger, { ref: 'main' })).toBe(true);
    expect(isTriggeredBy(trigger, { ref: 'v3' })).toBe(false);
    const only = on({ branches: { include: ['refs/tags/v*'] } });
    expect(isTriggeredBy(only, { ref: 'main' })).toBe(false);
  });

  test('and branches: either is enough; tags alone leave branches out', () => {
    const both = on({ branches: { include: ['main'] }, tags: { include: ['v*'] } });
    expect(isTriggeredBy(both, tag)).toBe(true);
    expect(isTriggeredBy(both, { ref: 'main' })).toBe(true);
    const only = on({ tags: { include: ['v*'] } });
    expect(decideOnPush(only, { ref: 'main' }).why).toBe('the trigger names tags only');
  });
});

test.each([
  'Fix [skip ci]',
  '[CI SKIP] fix',
  'fix\n\nskip-checks: true',
  '[skip azp]',
  '[skip azurepipelines]',
  '***NO_CI***',
])('the message %j starts no run', (message) => {
  expect(isTriggeredBy(undefined, { ref: 'main', message })).toBe(false);
  expect(isTriggeredBy(undefined, { ref: 'main', message: 'fix ci' })).toBe(true);
});
