import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanRunName, defaultRunName, formatRunName, type RunNameFacts } from './run-name.ts';
import { sourceBranchName } from './source-branch.ts';

const variables = new Map([
  ['major', '1'],
  ['build.sourcebranch', 'refs/heads/feature/a/b'],
  ['prefix', 'x'],
]);

function factsOf(parts: Partial<RunNameFacts> = {}): RunNameFacts {
  return {
    startTime: new Date('2026-03-04T05:06:07Z'),
    sourceBranch: 'refs/heads/feature/a/b',
    teamProject: 'Models',
    definitionName: 'Model-Train-Register-CI',
    variable: (name) => variables.get(name.toLowerCase()),
    nextRevision: () => 3,
    ...parts,
  };
}

describe('tokens', () => {
  test.each([
    [defaultRunName, '20260304.3'],
    ['$(Date:yyyyMMdd)$(Rev:.rr)', '20260304.03'],
    ['$(date:yyyy-MM-dd) $(REV:rrr)', '2026-03-04 003'],
    ['$(Date:MMM d)', 'Mar 4'],
    ['$(DayOfMonth).$(DayOfYear).$(Month)', '4.63.3'],
    ['$(Hours)-$(Minutes)-$(Seconds)', '5-6-7'],
    ['$(Year:yy) $(Year:yyyy)', '26 2026'],
    ['$(TeamProject)_$(BuildDefinitionName)', 'Models_Model-Train-Register-CI'],
    ['$(major).$(Rev:r)', '1.3'],
    ['$(prefix)$(PREFIX)', 'xx'],
    ['$(missing)', '$(missing)'],
    ['plain', 'plain'],
  ])('%s is %s', (format, name) => {
    expect(formatRunName(format, factsOf())).toEqual({ name, problems: [] });
  });

  test('rows 14.32 and 15.43: of refs/heads/feature/a/b the branch name is b', () => {
    expect(sourceBranchName('refs/heads/feature/a/b')).toBe('b');
    expect(sourceBranchName('main')).toBe('main');
    expect(formatRunName('$(SourceBranchName)', factsOf()).name).toBe('b');
  });

  test('the slashes of a branch in a variable become underscores', () => {
    expect(formatRunName('$(Build.SourceBranch)', factsOf())).toEqual({
      name: 'refs_heads_feature_a_b',
      problems: [],
    });
  });
});

describe('the revision', () => {
  test('is asked for by the rest of the name, so that it starts at 1 when that changes', () => {
    const last = new Map<string, number>();
    const nextRevision = (rest: string) => {
      const next = (last.get(rest) ?? 0) + 1;
      last.set(rest, next);
      return next;
    };
    const nameOn = (day: string) =>
      formatRunName(defaultRunName, factsOf({ nextRevision, startTime: new Date(day) })).name;
    expect(['2026-03-04', '2026-03-04', '2026-03-05', '2026-03-04'].map(nameOn)).toEqual([
      ...['20260304.1', '20260304.2', '20260305.1', '20260304.3'],
    ]);
    expect([...last.keys()]).toEqual(['20260304.$(Rev)', '20260305.$(Rev)']);
  });

  test('is asked for once, and not at all where the name has none', () => {
    let asked = 0;
    const nextRevision = () => {
      asked += 1;
      return 12;
    };
    expect(formatRunName('$(Rev:r)-$(Rev:r)', factsOf({ nextRevision })).name).toBe('12-12');
    formatRunName('$(Date:yyyy)', factsOf({ nextRevision }));
    expect(asked).toBe(1);
  });
});

describe('what a name cannot have', () => {
  test.each([
    ['a:b', 'a_b', ['The name of a run cannot have :']],
    ['"a"/\\<b>', '_a____b_', [`The name of a run cannot have " / \\ < >`]],
    ["it's|?@*", 'it_s____', ["The name of a run cannot have ' | ? @ *"]],
    ['a\nb', 'a_b', ['The name of a run cannot have "\\n"']],
    ['a..', 'a', ['The name of a run cannot end with a point']],
    ['', '_', []],
  ])('%j becomes %j', (text, name, problems) => {
    expect(cleanRunName(text)).toEqual({ name, problems });
  });

  test('more than 255 characters are cut off', () => {
    const { name, problems } = cleanRunName('a'.repeat(300));
    expect(name).toHaveLength(255);
    expect(problems).toEqual(['The name of a run has at most 255 characters, not 300']);
  });

  test('property: whatever the format, the name is one that a run can have', () => {
    const pieces = fc.constantFrom(
      '$(Rev:r)',
      '$(Date:HH:mm)',
      '$(',
      ')',
      'a',
      '.',
      '/',
      '"',
      '😀',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 300 }), (list) => {
        const { name } = formatRunName(list.join(''), factsOf());
        expect(name).toMatch(/^[^"/\\:<>'|?@*]{1,255}$/);
        expect(name.endsWith('.')).toBe(false);
      }),
    );
  });
});
