import { describe, expect, it } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

describe('didYouMean', () => {
  it.each([
    ['alhpa', "; did you mean 'alpha'?"],
    ['Alpha', "; did you mean 'alpha'?"],
    ['fitintercept', "; did you mean 'fitIntercept'?"],
    ['depth', ''],
    ['', ''],
  ])('%j gives %j', (given, expected) => {
    expect(didYouMean(given, ['alpha', 'fitIntercept'])).toBe(expected);
  });

  it('does not work through a name of a million letters', () => {
    expect(didYouMean('a'.repeat(1_000_000), ['alpha'])).toBe('');
  });
});
