import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInTasks } from './built-in-tasks.ts';
import { escapeMessage, warn } from './issues.ts';
import { splitArguments } from './split-arguments.ts';
import { withStep } from './testing.fixture.ts';
import { isVisible } from './visible-rule.ts';

describe('splitting arguments', () => {
  it.each([
    ['', []],
    ['a  b\tc', ['a', 'b', 'c']],
    ['"a b" c', ['a b', 'c']],
    ['--x="a b"', ['--x=a b']],
    ['""', ['']],
    ['"say \\"hi\\""', ['say "hi"']],
    ['C:\\path\\x', ['C:\\path\\x']],
    ['"open', ['open']],
  ])('%j', (line, args) => {
    expect(splitArguments(line)).toEqual(args);
  });

  it('gives back words that were quoted', () => {
    const word = fc.string().filter((text) => !text.includes('\\'));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), (words) => {
        const line = words.map((text) => `"${text.replaceAll('"', '\\"')}"`).join(' ');
        expect(splitArguments(line)).toEqual(words);
      }),
    );
  });
});

describe('visible rules', () => {
  const values: Readonly<Record<string, string>> = { type: 'Inline', count: '3', on: 'true' };
  it.each([
    [undefined, true],
    ['', true],
    ['type = inline', true],
    ['type == "inline"', true],
    ['type != inline', false],
    ['type = inline && on = false', false],
    ['type = file || on = true', true],
    ['type = file && on = true || count = 3', true],
    ['type startsWith in', true],
    ['type NotContains lin', false],
    ['type in a, inline', true],
    ['missing = ', true],
    ['what is this?', true],
    ['type = URL of the file', false],
  ])('%s: %s', (rule, visible) => {
    expect(isVisible(rule, (name) => values[name] ?? '')).toBe(visible);
  });
});

describe('issues', () => {
  it('stay on their line and are no other commands', () => {
    expect(escapeMessage('50 %\r\n##vso[x]')).toBe('50 %AZP25%0D%0A##vso[x]');
    const lines: string[] = [];
    warn({ log: (line) => lines.push(line) }, 'a\nb');
    expect(lines).toEqual(['##vso[task.logissue type=warning]a%0Ab']);
  });
});

describe('every task', () => {
  it('without its inputs ends in an outcome, never in an error of ours', async () => {
    const tasks = builtInTasks.flatMap((task) => (task.runsOn === 'agent' ? [task] : []));
    for (const task of tasks) {
      await withStep(async (step) => {
        step.environment.PATH = '';
        const { result, message = '' } = await step.run(task);
        expect([task.name, result, message]).toEqual([
          task.name,
          expect.any(String),
          expect.any(String),
        ]);
      });
    }
  });
});
