import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { readPlainYaml } from './plain-yaml.ts';
import { readByLibrary } from './read-yaml.ts';

function byLibrary(text: string) {
  const sink = new DiagnosticSink();
  const node = readByLibrary(text, 'a.yml', sink);
  return sink.diagnostics.length === 0 ? node : sink.diagnostics[0]?.message;
}

const plain = `# A pipeline as they are written.
name: $(Date:yyyyMMdd)$(Rev:.r)   # with a comment
trigger:
- main
- releases/*

variables:
- group: a group
- name: empty
  value:
- name: 'quoted'
  value: "it's # no comment"
stages:
  - stage: build
    dependsOn: []
    \${{ if eq(variables['a'], 'b') }}:
      condition: and(succeeded(), eq(1, 1))
    jobs:
      - job: a
        pool: { vmImage: ubuntu-24.04, demands: [ a, 'b -equals c' ] } # here
        variables: {a: $(x), b.c: "1: 2", d: http://e/f#g, e: {}}
        steps:
        # Lists may stand under their key.
        - script: |
            echo a

              deeper # no comment
            echo b

          displayName: 'Say ''a'''
        - bash: |-
            last
        - \${{ each x in parameters.list }}:
          - script: echo \${{ x }}
            env:
              A_B: http://example.org/a#b
        -   task: T@1
            inputs:
              x: 1.10
        - - nested
          - list
        -
          checkout: self
`;

describe('plain YAML', () => {
  it('is read as the library reads it, places and all', () => {
    expect(readPlainYaml(plain, 'a.yml')).toBeDefined();
    expect(readPlainYaml(plain, 'a.yml')).toEqual(byLibrary(plain));
  });

  it.each([
    'a: 1',
    'a:',
    'a:\nb: 2',
    '- a\n- b\n',
    'a: |\n  x',
    'a: |\n  x\n\n\nb: 1',
    'a: |\n\n  x\n',
    'a: |\n  x\n# c\nb: 1',
    '- |\n x\n- y',
    'a: x#y',
    'a: x:y',
    'a : b',
    'a b: c d',
    '${{ else }}: 1\n${{ else }}: 2',
    "a: '' # c",
    'a: "" ',
    '\n\n# c\na: 1\n  # c\n',
    'a: [b]',
    'a: [ b c , d ]  # c',
    "a: ['', \"\", 'it''s, [x]']",
    'a: {b: c}',
    '- {b: [{c: d}, []], e: {}}',
    'a: {b: c:d, e: f#g}\nh: 1',
    'a: [b,c,d]',
    "a: [it's]",
  ])('%j is plain', (text) => {
    expect(readPlainYaml(text, 'a.yml')).toBeDefined();
    expect(readPlainYaml(text, 'a.yml')).toEqual(byLibrary(text));
  });

  it.each([
    '',
    'a',
    ' a: 1',
    'a: [b, ]',
    'a: [b,, c]',
    'a: [b: c]',
    'a: {b}',
    'a: {b:c}',
    'a: {b: }',
    'a: {"b": c}',
    'a: {b: 1, B: 2}',
    'a: [b',
    'a: [b,\n  c]',
    'a: [b] c',
    'a: [b, c]#d',
    'a: [b #c]',
    'a: [${{ x }}]',
    'a: [-1]',
    'a: [*x, &y z]',
    'a: [~]',
    'a: ["\\t"]',
    'a: {<<: b}',
    '[a]',
    `a: ${'['.repeat(30)}${']'.repeat(30)}`,
    'a: &x b',
    'a: *x',
    'a: ~',
    'a: >\n  b',
    'a: |2\n   b',
    'a: |+\n  b',
    'a: b\n  c',
    'a: "b\n  c"',
    'a: "\\t"',
    'a: b: c',
    'a: 1\na: 2',
    'a: 1\n b: 2',
    'a:\n    b: 1\n  c: 2',
    'a: 1\n- b',
    '- a\nb: 1',
    '-\n- a',
    '? a\n: b',
    '"a": b',
    '<<: a',
    '--- \na: 1',
    'a: 1\n...\n',
    'a:\t1',
    'a: 1\r\nb: 2',
    'a: |\n     \n  x',
  ])('%j goes to the library', (text) => {
    expect(readPlainYaml(text, 'a.yml')).toBeUndefined();
  });

  it('what is read of any text is what the library reads', () => {
    const lines = plain.split('\n');
    const snippets = fc.constantFrom(
      '- ',
      ': ',
      ':',
      '  ',
      ' #',
      "'",
      '"',
      '|',
      '|-',
      '[]',
      '{}',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '[ a, b ]',
      '{ a: b }',
      '#',
      '-',
      'a',
      '\n',
      '\n  ',
      '\n    ',
      '${{ x }}',
      '.',
      '...',
      '~',
      '<<',
      'é',
      '\\',
    );
    const edits = fc.array(fc.tuple(fc.nat(lines.length * 40), fc.nat(4), snippets), {
      minLength: 1,
      maxLength: 6,
    });
    const edited = edits.map((all) =>
      all.reduce(
        (text, [at, drop, insert]) =>
          text.slice(0, at % text.length) + insert + text.slice((at % text.length) + drop),
        plain,
      ),
    );
    const built = fc
      .array(fc.oneof(snippets, fc.constantFrom('a: ', 'b: c\n', '- x\n')), { maxLength: 14 })
      .map((parts) => parts.join(''));
    const property = fc.property(fc.oneof(edited, built), (text) => {
      const node = readPlainYaml(text, 'a.yml');
      if (node !== undefined) expect(node).toEqual(byLibrary(text));
    });
    fc.assert(property, { numRuns: 10_000 });
  }, 30_000);
});
