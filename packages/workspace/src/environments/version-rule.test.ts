import fc from 'fast-check';
import { expect, test } from 'vitest';
import { meetsRules } from './version-rule.ts';

test.each([
  ['3.11.7', [], true],
  ['3.11.7', ['==3.11.*'], true],
  ['3.12.0', ['==3.11.*'], false],
  ['3.11.7', ['==3.11'], false],
  ['3.11.0', ['==3.11'], true],
  ['3.11.7', ['==3.11.7'], true],
  ['3.11.7', ['!=3.11.*'], false],
  ['3.11.7', ['>=3.9', '<3.12'], true],
  ['3.9.1', ['>=3.10'], false],
  ['3.11.7', ['<=3.11'], false],
  ['3.11.7', ['>3.11'], true],
  ['3.11.7', ['~=3.9'], true],
  ['3.11.7', ['~=3.9.1'], false],
  ['4.0.0', ['~=3.9'], false],
  ['3.11.7', ['3.11'], false],
])('%s meets %j: %s', (version, rules, expected) => {
  expect(meetsRules(version, rules)).toBe(expected);
});

test('exactly one of less, equal and greater holds', () => {
  const version = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 }).map((p) => p.join('.'));
  const property = fc.property(version, version, (left, right) => {
    const held = ['<', '==', '>'].filter((operator) => meetsRules(left, [`${operator}${right}`]));
    expect(held).toHaveLength(1);
    expect(meetsRules(left, [`>=${right}`])).toBe(held[0] !== '<');
  });
  fc.assert(property);
});
