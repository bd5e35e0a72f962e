import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeDifference } from './describe-difference.ts';
import { type FingerprintParts, fingerprintOf, hiddenPart, shownPart } from './fingerprint.ts';

const named = fc.dictionary(fc.string(), fc.string().map(shownPart));

const anyParts: fc.Arbitrary<FingerprintParts> = fc.record({
  code: fc.string().map(hiddenPart),
  command: fc.string().map(hiddenPart),
  environment: fc.string().map(shownPart),
  variables: fc.dictionary(fc.string(), fc.string().map(hiddenPart)),
  inputs: named,
  outputs: named,
});

/** The same with the names of everything in another order. */
function turned(parts: FingerprintParts): FingerprintParts {
  const turn = (value: object) => Object.fromEntries(Object.entries(value).reverse());
  const { variables, inputs, outputs } = parts;
  const inner = { variables: turn(variables), inputs: turn(inputs), outputs: turn(outputs) };
  return turn({ ...parts, ...inner }) as unknown as FingerprintParts;
}

describe('a fingerprint', () => {
  test('does not depend on the order of names, nor on what is shown', () => {
    fc.assert(
      fc.property(anyParts, (parts) => {
        expect(fingerprintOf(turned(parts))).toBe(fingerprintOf(parts));
        const hidden = { ...parts, environment: { ...parts.environment, shown: null } };
        expect(fingerprintOf(hidden)).toBe(fingerprintOf(parts));
      }),
    );
  });

  test('differs exactly where a difference can be told, also after a time in the database', () => {
    fc.assert(
      fc.property(anyParts, anyParts, (now, before) => {
        const stored: FingerprintParts = JSON.parse(JSON.stringify(before));
        const isSame = fingerprintOf(now) === fingerprintOf(before);
        expect(describeDifference(now, stored, 'j') === null).toBe(isSame);
        expect(describeDifference(before, stored, 'j')).toBeNull();
      }),
    );
  });

  test('keeps a long or a secret text as its digest only', () => {
    expect(shownPart('a'.repeat(61)).shown).toBeNull();
    expect(JSON.stringify(hiddenPart('hunter2'))).not.toContain('hunter2');
  });
});

describe('a difference', () => {
  const parts = (more: Partial<FingerprintParts> = {}): FingerprintParts => ({
    code: hiddenPart('code'),
    command: hiddenPart('command'),
    environment: shownPart('node:1'),
    variables: {},
    inputs: { alpha: shownPart('0.4') },
    outputs: {},
    ...more,
  });

  test.each([
    [{ inputs: { alpha: shownPart('0.5') } }, "input 'alpha' is 0.5 and was 0.4 in job j"],
    [{ inputs: {} }, "input 'alpha' is no longer there and was in job j"],
    [{ environment: shownPart('node:2') }, 'its environment is node:2 and was node:1 in job j'],
    [{ code: hiddenPart('new') }, 'its code is not what it was in job j'],
    [{ command: hiddenPart('new') }, 'its command is not what it was in job j'],
    [
      { variables: { A: hiddenPart('1') } },
      "environment variable 'A' is new and was not there in job j",
    ],
    [{ inputs: { alpha: hiddenPart('long') } }, "input 'alpha' is not what it was in job j"],
    [
      {
        code: hiddenPart('new'),
        command: hiddenPart('new'),
        environment: shownPart('node:2'),
        inputs: {},
      },
      'its code is not what it was, its command is not what it was, ' +
        'its environment is node:2 and was node:1 and 1 more in job j',
    ],
  ])('%j is told as: %s', (change, words) => {
    expect(describeDifference(parts(change), parts(), 'j')).toBe(words);
  });

  test('is not made of names that every object has', () => {
    const named = parts({ inputs: { alpha: shownPart('0.4'), constructor: shownPart('1') } });
    expect(describeDifference(named, parts(), 'j')).toBe(
      "input 'constructor' is new and was not there in job j",
    );
  });
});
