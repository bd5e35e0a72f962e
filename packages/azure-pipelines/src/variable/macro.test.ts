import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandEnvironment } from './expand-environment.ts';
import { expandVariables } from './expand-variables.ts';
import { ExpansionTooLong, expandMacros, type MacroSource } from './macro.ts';

function sourceOf(values: Readonly<Record<string, string>>): MacroSource {
  const longestName = Math.max(0, ...Object.keys(values).map((name) => name.length));
  return { longestName, find: (name) => (Object.hasOwn(values, name) ? values[name] : undefined) };
}

/** Word for word what the rule says: one pass, a name ends at the first `)`, and after an unknown
 * name the search goes on one character further. */
function expandNaively(text: string, { find }: MacroSource): string {
  let result = text;
  for (let at = 0; ; ) {
    const start = result.indexOf('$(', at);
    const end = start < 0 ? -1 : result.indexOf(')', start + 2);
    if (end < 0) return result;
    const name = result.slice(start + 2, end);
    const value = name === '' ? undefined : find(name);
    if (value === undefined) at = start + 1;
    else {
      result = result.slice(0, start) + value + result.slice(end + 1);
      at = start + value.length;
    }
  }
}

const fragment = fc.constantFrom('$(', ')', 'a', 'b', '$', '(', ' ', '$(a)', '$(b)', '$(ab)', '');
const macroText = fc.array(fragment, { maxLength: 20 }).map((parts) => parts.join(''));

describe('a macro', () => {
  it.each([
    ['$(a)', 'A'],
    ['x$(a)y$(b)z', 'xAy$(a)z'],
    ['$(a$(a))', '$(aA)'],
    ['$($(a)', '$(A'],
    ['$(unknown) $(a)', '$(unknown) A'],
    ['$(a', '$(a'],
    ['$()', '$()'],
    ['$(A)', '$(A)'],
  ])('%s becomes %s', (text, expanded) => {
    expect(expandMacros(text, sourceOf({ a: 'A', b: '$(a)' }))).toBe(expanded);
  });

  it('expands as the rule says, whatever the text', () => {
    fc.assert(
      fc.property(
        macroText,
        fc.dictionary(fc.constantFrom('a', 'b', 'ab'), macroText),
        (text, values) => {
          const source = sourceOf(values);
          expect(expandMacros(text, source)).toBe(expandNaively(text, source));
        },
      ),
    );
  });

  it('of unknown names leaves every text as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(expandMacros(text, sourceOf({}))).toBe(text);
      }),
    );
  });

  it('looks up no name longer than the longest, so that a text full of starts costs little', () => {
    let asked = 0;
    const find = (name: string) => {
      asked += name.length;
      return undefined;
    };
    expandMacros(`${'$('.repeat(200_000)})`, { longestName: 10, find });
    expect(asked).toBeLessThan(100);
  });

  it('does not grow a text without bounds', () => {
    const source = sourceOf({ big: 'x'.repeat(1000) });
    expect(() => expandMacros('$(big)'.repeat(1000), source, 10_000)).toThrow(ExpansionTooLong);
  });

  it('takes what no variable answers from the environment, letter case and all', () => {
    const environment = { HOME: '/home/me', __proto__: undefined };
    expect(expandEnvironment('$(HOME) $(home) $(toString)', environment)).toBe(
      '/home/me $(home) $(toString)',
    );
  });
});

describe('variables among each other', () => {
  function expand(values: Readonly<Record<string, string>>, secrets: readonly string[] = []) {
    const entries = Object.entries(values).map(([name, value]) => {
      return [name.toLowerCase(), { name, value, secret: secrets.includes(name) }] as const;
    });
    const { variables, warnings } = expandVariables(new Map(entries));
    const plain = [...variables.values()].map(({ name, value }) => [name, value] as const);
    const secret = [...variables.values()].filter((one) => one.secret).map(({ name }) => name);
    return { values: Object.fromEntries(plain), warnings, secret };
  }

  it('expand through several steps, letter case aside', () => {
    const { values } = expand({ a: '<$(B)>', b: '[$(c)]', C: 'x$(unknown)' });
    expect(values).toEqual({ a: '<[x$(unknown)]>', b: '[x$(unknown)]', C: 'x$(unknown)' });
  });

  it('stay as they are in a cycle and wherever one is reached', () => {
    const { values, warnings } = expand({ a: '$(b)', b: '$(a)', c: 'c$(a)', d: 'd' });
    expect(values).toEqual({ a: '$(b)', b: '$(a)', c: 'c$(a)', d: 'd' });
    expect(warnings).toHaveLength(3);
  });

  it('are secret once a secret is in them, however deep', () => {
    const { secret } = expand({ a: '$(b)', b: 'x$(c)', c: 's', d: 'd' }, ['c']);
    expect(secret).toEqual(['a', 'b', 'c']);
  });

  it('may stand fifty deep', () => {
    const chain = (length: number) => {
      const names = Array.from({ length }, (_, index) => `v${index}`);
      return Object.fromEntries(
        names.map((name, at) => [name, at === 0 ? 'end' : `$(v${at - 1})`]),
      );
    };
    expect(expand(chain(50)).values.v49).toBe('end');
    const deeper = expand(chain(51));
    expect(deeper.values.v50).toBe('$(v49)');
    expect(deeper.warnings).toHaveLength(1);
    expect(expand(chain(5_000)).warnings).toHaveLength(4_950);
  });

  it('do not grow without bounds when each doubles another', () => {
    const names = Array.from({ length: 45 }, (_, index) => `v${index}`);
    const values = names.map((name, at) => [name, at === 0 ? 'xx' : `$(v${at - 1})`.repeat(2)]);
    const { warnings } = expand(Object.fromEntries(values));
    expect(warnings.at(-1)).toMatch(/'v44' grows too long/);
  });
});
