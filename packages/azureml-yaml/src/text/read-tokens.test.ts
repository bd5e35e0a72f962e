import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { maxFileSizeBytes, readTokens } from './read-tokens.ts';
import { Source } from './source.ts';
import { markerOffsets, type ScalarToken } from './token.ts';

function read(text: string) {
  const sink = new DiagnosticSink(new Source(text, 'f.yml'));
  const root = readTokens(sink);
  return { root, codes: sink.inFileOrder().map(({ code }) => code) };
}

function scalarAt(text: string, key: string): ScalarToken {
  const { root } = read(text);
  const token = root?.kind === 'map' ? root.entries.get(key)?.value : undefined;
  if (token?.kind !== 'scalar') throw new Error(`no scalar '${key}'`);
  return token;
}

describe('positions', () => {
  it('line and column count from 1, and an offset past the end is the end', () => {
    const source = new Source('ab\r\nc\n', 'f');
    expect(source.positionAt(0)).toEqual({ file: 'f', line: 1, column: 1 });
    expect(source.positionAt(4)).toEqual({ file: 'f', line: 2, column: 1 });
    expect(source.positionAt(99)).toEqual({ file: 'f', line: 3, column: 1 });
  });

  it('every offset maps to a place whose line begins where it should', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', '\n', '\r', 'é') }),
        fc.nat(),
        (text, n) => {
          const offset = n % (text.length + 1);
          const { line, column } = new Source(text, 'f').positionAt(offset);
          const before = text.slice(0, offset).split('\n');
          expect({ line, column }).toEqual({
            line: before.length,
            column: (before.at(-1) ?? '').length + 1,
          });
        },
      ),
    );
  });

  it.each([
    ['plain', 'a: x ${{i}} y ${{j}}'],
    ['quoted', 'a: "x ${{i}} y\\t ${{j}}"'],
    ['folded', 'a: >-\n  x ${{i}}\n  y ${{j}}\n'],
    ['literal with a comment', 'a: | # note\n  x ${{i}}\n  y ${{j}}\n'],
  ])('finds the second marker of a %s scalar in the file', (_, text) => {
    const token = scalarAt(text, 'a');
    const offset = markerOffsets(text, token, '${{')(token.text.lastIndexOf('${{'));
    expect(offset).toBe(text.lastIndexOf('${{'));
  });

  it('falls back to the start of a scalar whose escapes hide a marker', () => {
    const text = 'a: "\\x24{{i}} ${{j}}"';
    expect(markerOffsets(text, scalarAt(text, 'a'), '${{')(7)).toBe(3);
  });
});

describe('limits', () => {
  it('1 MiB is read and one byte more is not, counted in UTF-8', () => {
    const filler = (bytes: number) => `a: ${'é'.repeat((bytes - 3) / 2)}`;
    expect(read(`${filler(maxFileSizeBytes - 1)}b`).codes).toEqual([]);
    expect(read(`${filler(maxFileSizeBytes - 1)}bc`).codes).toEqual(['YAML_TOO_LARGE']);
  });

  it('hostile nesting is a diagnostic, not a stack overflow', () => {
    const deep = 20_000;
    expect(read(`${'['.repeat(deep)}${']'.repeat(deep)}`).codes).toContain('YAML_TOO_DEEP');
    expect(read('- '.repeat(deep)).codes).toContain('YAML_TOO_DEEP');
    expect(read('['.repeat(deep)).codes).not.toEqual([]);
  });

  it('64 levels are read', () => {
    expect(read(`${'['.repeat(64)}${']'.repeat(64)}`).codes).toEqual([]);
    expect(read(`${'['.repeat(65)}${']'.repeat(65)}`).codes).toEqual(['YAML_TOO_DEEP']);
  });

  it('a billion values behind six aliases cost ten thousand', () => {
    const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
    for (let level = 1; level < 10; level += 1) {
      const alias = `*a${level - 1}`;
      lines.push(`a${level}: &a${level} [${Array(10).fill(alias).join(', ')}]`);
    }
    const startMs = performance.now();
    expect(read(lines.join('\n')).codes).toEqual(['YAML_ALIAS_LIMIT']);
    expect(performance.now() - startMs).toBeLessThan(2000);
  });
});

describe('scalars', () => {
  it('a plain number keeps how it was written', () => {
    expect(scalarAt('a: 1.10', 'a')).toMatchObject({ value: 1.1, text: '1.10' });
  });

  it.each([
    ['yes', 'yes'],
    ['off', 'off'],
    ['0o17', 15],
    ['2024-01-17', '2024-01-17'],
    ['~', null],
    ['"1"', '1'],
  ])('%s is read as YAML 1.2 has it', (written, value) => {
    expect(scalarAt(`a: ${written}`, 'a').value).toBe(value);
  });

  it('an alias is the latest anchor of its name before it', () => {
    expect(scalarAt('x: &n 1\nb: *n\ny: &n 2\nc: *n', 'b').value).toBe(1);
    expect(scalarAt('x: &n 1\nb: *n\ny: &n 2\nc: *n', 'c').value).toBe(2);
  });

  it('the keys __proto__ and constructor are keys like others', () => {
    expect(scalarAt('__proto__: 1\nconstructor: 2', 'constructor').value).toBe(2);
  });
});
