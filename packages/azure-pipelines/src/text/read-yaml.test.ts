import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { type Node, textOf } from './node.ts';
import { readYaml } from './read-yaml.ts';

function read(text: string) {
  const sink = new DiagnosticSink();
  const node = readYaml(text, 'a.yml', sink);
  return { node, diagnostics: sink.diagnostics.map(formatDiagnostic), sink };
}

/** Values with the places that they have. */
function placed(node: Node): unknown {
  const at = `${node.origin.line}:${node.origin.column}`;
  if (node.kind === 'scalar') return `${node.value}@${at}`;
  if (node.kind === 'sequence') return node.items.map(placed);
  return node.entries.map(({ key, value }) => [
    `${key.text}@${key.origin.line}:${key.origin.column}`,
    placed(value),
  ]);
}

describe('nodes know their places', () => {
  it('of keys, items and scalars of every style', () => {
    const text = 'a: 1\nb:\n- x\n- "y"\nc: |\n  z\nd: {e: f}\ng:\n';
    expect(placed(read(text).node as Node)).toEqual([
      ['a@1:1', '1@1:4'],
      ['b@2:1', ['x@3:3', 'y@4:3']],
      ['c@5:1', 'z\n@5:4'],
      ['d@7:1', [['e@7:5', 'f@7:8']]],
      ['g@8:1', 'null@8:3'],
    ]);
  });

  it('whatever the line ends are', () => {
    const [, , third] = placed(read('a: 1\r\nb: 2\r\nc: 3').node as Node) as unknown[];
    expect(third).toEqual(['c@3:1', '3@3:4']);
  });
});

describe('scalars are texts', () => {
  it.each([
    ['1.10', '1.10'],
    ['true', 'true'],
    ['yes', 'yes'],
    ['null', 'null'],
    ['0x10', '0x10'],
    ['2026-01-31', '2026-01-31'],
    ['"~"', '~'],
    ["''", ''],
    ['~', null],
    ['', null],
    ['!!binary aGk=', 'hi'],
  ])('%j', (text, value) => {
    const { node } = read(`a: ${text === '!!binary aGk=' ? 'hi' : text}`);
    expect(node).toMatchObject({ entries: [{ value: { value } }] });
  });

  it('and have one as values of expressions', () => {
    const scalar = (value: string | number | boolean | null) =>
      textOf({ kind: 'scalar', value, origin: { file: '', line: 1, column: 1 } });
    expect([scalar(true), scalar(false), scalar(1.5), scalar(null), scalar('a')]).toEqual([
      'True',
      'False',
      '1.5',
      '',
      'a',
    ]);
  });
});

describe('keys', () => {
  it('that are expressions may stand twice', () => {
    const { node, diagnostics } = read('${{ else }}: 1\n${{ else }}: 2');
    expect(diagnostics).toEqual([]);
    expect(node).toMatchObject({ entries: { length: 2 } });
  });

  it.each([
    ['a: 1\na: 2', 'a.yml:2:1: error YAML_DUPLICATE_KEY: Key "a" stands on line 1 already.'],
    ['a: 1\nA: 2', 'a.yml:2:1: error YAML_DUPLICATE_KEY: Key "A" stands on line 1 already.'],
    ['? [a]\n: 1', 'a.yml:1:3: error YAML_KEY_NOT_TEXT'],
    ['<<: {a: 1}', 'a.yml:1:1: error YAML_MERGE_KEY'],
  ])('%j', (text, finding) => {
    expect(read(text).diagnostics).toEqual([expect.stringContaining(finding)]);
  });

  it('may be called like members of every object', () => {
    const { node } = read('__proto__: 1\nconstructor: 2\ntoString: 3');
    expect(node).toMatchObject({ entries: { length: 3 } });
  });
});

describe('hostile YAML is bounded', () => {
  const bomb = ['a: &a0 [x]'];
  for (let at = 1; at < 30; at += 1) bomb.push(`b${at}: &a${at} [*a${at - 1}, *a${at - 1}]`);

  it.each([
    ['a file of 20 MB', `a: ${'x'.repeat(20 * 1024 * 1024)}`, 'YAML_TOO_LARGE'],
    ['two MiB in characters of more bytes', `a: ${'é'.repeat(1024 * 1024)}`, 'YAML_TOO_LARGE'],
    ['10,000 open brackets', '['.repeat(10_000), 'YAML_TOO_DEEP'],
    ['5,000 nested lists', '- '.repeat(5_000), 'YAML_TOO_DEEP'],
    ['101 nested lists', `${'['.repeat(101)}${']'.repeat(101)}`, 'YAML_TOO_DEEP'],
    ['aliases that double', bomb.join('\n'), 'YAML_ALIAS_LIMIT'],
    ['an alias of itself', 'a: &a [*a]', 'YAML_ALIAS_RECURSIVE'],
    ['an alias of nothing', 'a: *b', 'YAML_ALIAS_UNKNOWN'],
    ['no YAML', 'a: [', 'YAML_SYNTAX_ERROR'],
    ['nothing', '', 'YAML_EMPTY'],
    ['a comment alone', '# a', 'YAML_EMPTY'],
    ['two documents', 'a: 1\n---\nb: 2', 'YAML_MULTIPLE_DOCUMENTS'],
    ['tabs', 'a:\n\tb: 1', 'YAML_SYNTAX_ERROR'],
  ])('%s', (_, text, code) => {
    const { sink } = read(text);
    expect(sink.diagnostics.map((found) => found.code)).toContain(code);
  });

  it('100 nested lists are read', () => {
    expect(read(`${'['.repeat(100)}${']'.repeat(100)}`).diagnostics).toEqual([]);
  });
});

describe('what pipelines do not have', () => {
  it('anchors work, and are warned of', () => {
    const { node, diagnostics } = read('a: &x [1]\nb: *x');
    expect(node).toMatchObject({ entries: [{}, { value: { items: [{ value: '1' }] } }] });
    expect(diagnostics).toEqual([expect.stringContaining('a.yml:1:7: warning YAML_ANCHOR')]);
  });

  it('tags have no effect, and are warned of', () => {
    expect(read('a: !x 1').diagnostics).toEqual([expect.stringContaining('warning YAML_TAG')]);
  });

  it.each([
    ['${{ }}', 'a: {b: ${{ c }}}'],
    ['$[ ]', 'a: { b: $[ c.d ] }\ne: 1\nf: [x]\n'],
  ])('%s in braces without quotes gives one finding, which says so', (mark, text) => {
    expect(read(text).diagnostics).toEqual([
      expect.stringContaining(`Put quotes around values with ${mark}`),
    ]);
  });
});

describe('any text', () => {
  it('gives a tree or a reason', () => {
    const words = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '&a ',
      '*a',
      '|',
      '"',
      "'",
      '#',
      '? ',
      '!x ',
      '<<',
      '\t',
      '---\n',
      '${{',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(words, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (yaml) => {
        const { node, sink } = read(yaml);
        expect(node !== undefined || sink.hasErrors).toBe(true);
        for (const { origin } of sink.diagnostics) {
          expect(Math.min(origin.line, origin.column)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});
