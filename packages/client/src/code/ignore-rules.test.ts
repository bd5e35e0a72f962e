import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIgnoreRules } from './ignore-rules.ts';

describe('a line', () => {
  it.each([
    ['coverage', 'coverage', true],
    ['coverage', 'a/b/coverage', true],
    ['coverage', 'coverage2', false],
    ['/coverage', 'a/coverage', false],
    ['a/b.csv', 'a/b.csv', true],
    ['a/b.csv', 'x/a/b.csv', false],
    ['*.log', 'deep/down/x.log', true],
    ['*.log', 'x.log.txt', false],
    ['data/*.csv', 'data/x.csv', true],
    ['data/*.csv', 'data/raw/x.csv', false],
    ['data/**', 'data/raw/x.csv', true],
    ['data/**/x.csv', 'data/x.csv', true],
    ['data/**/x.csv', 'data/a/b/x.csv', true],
    ['**/tmp', 'tmp', true],
    ['**/tmp', 'a/tmp', true],
    ['?.txt', 'a.txt', true],
    ['?.txt', 'ab.txt', false],
    ['a+b(1).txt', 'a+b(1).txt', true],
    ['# note', '# note', false],
    ['', 'a', false],
    ['/', 'a', false],
  ])('%j on %j', (line, path, ignored) => {
    expect(parseIgnoreRules(line).isIgnored(path, false)).toBe(ignored);
  });

  it('with a slash at its end means folders only', () => {
    const rules = parseIgnoreRules('out/');
    expect(rules.isIgnored('a/out', true)).toBe(true);
    expect(rules.isIgnored('a/out', false)).toBe(false);
  });

  it('with ! takes back an earlier one, and the last that fits decides', () => {
    const rules = parseIgnoreRules('*.csv\r\n!keep.csv\n');
    expect(rules.isIgnored('a.csv', false)).toBe(true);
    expect(rules.isIgnored('data/keep.csv', false)).toBe(false);
  });
});

it('no line, however odd, makes an error', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (line, path) => {
      parseIgnoreRules(line).isIgnored(path, false);
    }),
  );
});

it('a plain name leaves out exactly that name', () => {
  const name = fc.stringMatching(/^[a-z0-9.+()[\]{}^$|]{1,8}$/);
  fc.assert(
    fc.property(name, name, (line, path) => {
      expect(parseIgnoreRules(line).isIgnored(path, false)).toBe(line === path);
    }),
  );
});
