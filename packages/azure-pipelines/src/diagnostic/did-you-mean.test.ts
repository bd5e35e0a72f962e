import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, listNames, nearestName, shorten } from './did-you-mean.ts';

describe('did you mean', () => {
  it.each([
    ['trian', ['train', 'evaluate'], 'train'],
    ['Train', ['train'], 'train'],
    ['displayname', ['displayName', 'name'], 'displayName'],
    ['dependOn', ['dependsOn', 'steps'], 'dependsOn'],
    ['alpha', ['verdict'], undefined],
    // Nothing of one letter is like another.
    ['x', ['y'], undefined],
    ['', ['train'], undefined],
    ['train', [], undefined],
    ['a'.repeat(100_000), ['train'], undefined],
  ])('%s of %j is %s', (word, known, nearest) => {
    expect(nearestName(word, known)).toBe(nearest);
  });

  it('a name with one letter changed is found among others unlike it', () => {
    const name = fc.stringMatching(/^[a-m]{5,12}$/);
    fc.assert(
      fc.property(name, fc.nat(), (right, at) => {
        const wrong = `${right.slice(0, at % right.length)}z${right.slice((at % right.length) + 1)}`;
        expect(nearestName(wrong, ['_'.repeat(9), right])).toBe(right);
      }),
    );
  });

  it('is a sentence behind another one, or nothing', () => {
    expect(didYouMean('stpes', ['steps'])).toBe(' Did you mean "steps"?');
    expect(didYouMean('verdict', ['steps'])).toBe('');
  });

  it('names are listed, of many the first dozen', () => {
    expect(listNames([])).toBe('nothing');
    expect(listNames(['a'])).toBe('"a"');
    expect(listNames(['a', 'b', 'c'])).toBe('"a", "b" or "c"');
    expect(listNames(Array.from({ length: 20 }, (_, at) => `${at}`))).toMatch(/"11", …$/);
  });

  it('a long value is cut to one short line', () => {
    expect(shorten('a\nb')).toBe('a b');
    expect(shorten('x'.repeat(100))).toHaveLength(60);
  });
});
