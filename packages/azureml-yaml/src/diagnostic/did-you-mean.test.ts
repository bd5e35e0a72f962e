import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hint, nearestName, shorten } from './did-you-mean.ts';

describe('did you mean', () => {
  it.each([
    ['trian', ['train', 'evaluate'], 'train'],
    ['Train', ['train'], 'train'],
    ['comand', ['command', 'component'], 'command'],
    ['displayname', ['display_name', 'name'], 'display_name'],
    ['x', ['y'], 'y'],
    ['alpha', ['verdict'], null],
    ['', ['train'], null],
    ['train', [], null],
    ['a'.repeat(100_000), ['train'], null],
  ])('%s of %j is %s', (name, known, nearest) => {
    expect(nearestName(name, known)).toBe(nearest);
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

  it('says what is expected when nothing is near, and only that when there is one', () => {
    expect(hint('verdict', ['a', 'b'])).toBe("; expected one of 'a', 'b'");
    expect(hint('verdict', ['a'])).toBe("; expected 'a'");
    expect(hint('verdict', [])).toBe('');
  });

  it('a long value is cut to one short line', () => {
    expect(shorten('a\nb')).toBe('a b');
    expect(shorten('x'.repeat(100))).toHaveLength(60);
  });
});
