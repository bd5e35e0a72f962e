import { describe, expect, test } from 'vitest';
import { mistakeOf, valueOfText } from './testing.fixture.ts';

const contexts = {
  variables: { 'Build.Reason': 'PullRequest', secret: "it's hidden", n: 5 },
};
const functions = {
  succeeded: { minimum: 0, maximum: 0, call: () => true },
  failed: { minimum: 0, maximum: 0, call: () => false },
} as const;

function linesOf(text: string, mask?: (value: string) => string): string[] {
  const lines: string[] = [];
  const info = (line: string) => lines.push(line);
  const trace = mask === undefined ? { info } : { info, mask };
  mistakeOf(() => valueOfText(text, contexts, { functions, trace }));
  return lines;
}

describe('the trace of a condition', () => {
  test('shows the expression, what its parts came to, and the result', () => {
    expect(linesOf("and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'))")).toEqual([
      "Evaluating: and(succeeded(), ne(variables['Build.Reason'], 'PullRequest'))",
      "Expanded: and(True, ne('PullRequest', 'PullRequest'))",
      'Result: False',
    ]);
  });

  test('shows what was not evaluated as it was written', () => {
    expect(linesOf('and(failed(), eq(variables.n, 5))')).toEqual([
      "Evaluating: and(failed(), eq(variables['n'], 5))",
      "Expanded: and(False, eq(variables['n'], 5))",
      'Result: False',
    ]);
  });

  test('says nothing twice: a result that is the expansion is shown once', () => {
    expect(linesOf('succeeded()')).toEqual(['Evaluating: succeeded()', 'Result: True']);
    expect(linesOf('variables.n')).toEqual(["Evaluating: variables['n']", 'Result: 5']);
  });

  test('names arrays and objects by their kind, null too', () => {
    expect(linesOf('variables').at(-1)).toBe('Result: Object');
    expect(linesOf("split('a', ',')").at(-1)).toBe('Result: Array');
    expect(linesOf('variables.missing').at(-1)).toBe('Result: Null');
    expect(linesOf('1.2.3').at(-1)).toBe('Result: v1.2.3');
  });

  test('hides a secret before its quotes are doubled', () => {
    const mask = (value: string) => value.replaceAll("it's hidden", '***');
    expect(linesOf("eq(variables.secret, 'x')", mask)).toEqual([
      "Evaluating: eq(variables['secret'], 'x')",
      "Expanded: eq('***', 'x')",
      'Result: False',
    ]);
  });

  test('ends where the evaluation does', () => {
    expect(linesOf('lt(1, variables.secret)')).toEqual(["Evaluating: lt(1, variables['secret'])"]);
  });
});

test('a debug trace shows each part and each cast, indented by its depth', () => {
  const lines: string[] = [];
  const trace = { info: () => undefined, verbose: (line: string) => lines.push(line) };
  valueOfText("or(eq(1, variables.secret), '')", contexts, { trace });
  expect(lines).toEqual([
    'Evaluating or:',
    '..Evaluating eq:',
    '....Evaluating Number:',
    '....=> 1',
    '....Evaluating indexer:',
    '......Evaluating variables:',
    '......=> Object',
    '......Evaluating String:',
    "......=> 'secret'",
    "....=> 'it''s hidden'",
    '....=> Unable to coerce String to Number.',
    '..=> False',
    '..Evaluating String:',
    "..=> ''",
    '..=> False',
    '=> False',
  ]);
});
