import { expect, test } from 'vitest';
import { expandMacros } from './expand-macros.ts';
import { UnknownValue } from './unknown-value.ts';
import { define, emptyScope, pin } from './variable-scope.ts';

function scopeOf(values: Readonly<Record<string, string>>) {
  const scope = emptyScope();
  for (const [name, value] of Object.entries(values)) {
    define(scope, name, { value, secret: false, readonly: false });
  }
  return scope;
}

test.each([
  ['x-$(A)-$(a)', { A: '1' }, 'x-1-1'],
  ['$(a)', { a: '$(b)', b: '2' }, '2'],
  ['$(none) $(a', { a: '1' }, '$(none) $(a'],
  ['$(a$(b))', { b: 'B', aB: 'no' }, '$(aB)'],
  ['$(a)', { a: '$(b)', b: '$(a)' }, '$(b)'],
])('%s with %o is %s', (text, values, expected) => {
  expect(expandMacros(text, scopeOf(values))).toBe(expected);
});

test('values that double at every level are left as they stand', () => {
  const values = Object.fromEntries(
    Array.from({ length: 40 }, (_, level) => [`v${level}`, `$(v${level + 1})$(v${level + 1})`]),
  );
  expect(expandMacros('$(v0)', scopeOf({ ...values, v40: 'x' }))).toBe('$(v1)$(v1)');
});

test('what only a run knows is refused, also inside another variable', () => {
  const scope = scopeOf({ a: 'x$(b)' });
  define(scope, 'b', { value: '$[ o ]', secret: false, readonly: false, unknown: 'o' });
  expect(() => expandMacros('$(a)', scope)).toThrow(UnknownValue);
});

test('what is pinned stays', () => {
  const scope = emptyScope();
  pin(scope, 'x', { value: '1', secret: false, readonly: true });
  define(scope, 'X', { value: '2', secret: false, readonly: false });
  expect(expandMacros('$(x)', scope)).toBe('1');
});
