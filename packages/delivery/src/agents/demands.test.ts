// Which agent a job can take, by what it demands.
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareVersions, unmetDemand } from './demands.ts';

const has = { git: '/usr/bin/git', 'Agent.Version': '4.10.1', kind: 'Big' };

describe('a demand', () => {
  test.each([
    ['git'],
    ['GIT'],
    [' git '],
    ['kind -equals big'],
    ['Kind -Equals BIG'],
    ['Agent.Version -gtVersion 4.9'],
    ['agent.version -gtversion 4.10.0'],
  ])("'%s' is met", (demand) => {
    expect(unmetDemand([demand], has)).toBeUndefined();
  });

  test.each([
    ['cuda'],
    ['kind -equals small'],
    ['Agent.Version -gtVersion 4.10.1'],
    ['Agent.Version -gtVersion 5'],
    ['cuda -equals 12'],
    ['git -unknown x'],
    [''],
  ])("'%s' is not met", (demand) => {
    expect(unmetDemand([demand], has)).toBe(demand);
  });

  test('is told when it is the first that is not met', () => {
    expect(unmetDemand(['git', 'b', 'c'], has)).toBe('b');
  });
});

test('versions are ordered by their numbers', () => {
  const version = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(version, version, (one, other) => {
      const order = compareVersions(one.join('.'), other.join('.'));
      expect(Math.sign(compareVersions(other.join('.'), one.join('.')))).toBe(
        -Math.sign(order) + 0,
      );
      expect(compareVersions([...one, 0].join('.'), one.join('.'))).toBe(0);
      expect(compareVersions([...one, 1].join('.'), one.join('.'))).toBeGreaterThan(0);
    }),
  );
});
