import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from './diagnostic.ts';
import { DiagnosticSink } from './diagnostic-sink.ts';

const at = (line: number, file = 'main.yml', column = 1) => ({ file, line, column });

describe('the sink', () => {
  it('gives file by file in the order of their first mention, each from top to bottom', () => {
    const sink = new DiagnosticSink();
    sink.report('YAML_EMPTY', at(9), 'c');
    sink.report('YAML_EMPTY', at(2, 'other.yml'), 'd');
    sink.report('YAML_ANCHOR', at(3), 'b');
    sink.report('YAML_EMPTY', at(3, 'main.yml', 1), 'a');
    expect(sink.diagnostics.map(({ message }) => message)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('says the same of the same place once, with the first of the ways to it', () => {
    const sink = new DiagnosticSink();
    sink.report('YAML_EMPTY', { ...at(1, 't.yml'), via: at(5) }, 'a');
    sink.report('YAML_EMPTY', { ...at(1, 't.yml'), via: at(6) }, 'a');
    expect(sink.diagnostics.map(formatDiagnostic)).toEqual([
      't.yml:1:1: error YAML_EMPTY: a\n    included at main.yml:5:1',
    ]);
  });

  it('a warning is no error', () => {
    const sink = new DiagnosticSink();
    sink.report('YAML_ANCHOR', at(1), 'a');
    expect(sink.hasErrors).toBe(false);
    sink.report('YAML_EMPTY', at(1), 'a');
    expect(sink.hasErrors).toBe(true);
  });

  it('keeps a hundred of each, and says when there are more errors', () => {
    const sink = new DiagnosticSink();
    for (let line = 1; line <= 300; line += 1) {
      sink.report('YAML_EMPTY', at(line), 'a');
      sink.report('YAML_ANCHOR', at(line), 'b');
    }
    const codes = sink.diagnostics.map(({ code }) => code);
    expect(codes.filter((code) => code === 'YAML_EMPTY')).toHaveLength(100);
    expect(codes.filter((code) => code === 'YAML_ANCHOR')).toHaveLength(100);
    expect(codes.at(-1)).toBe('TOO_MANY_DIAGNOSTICS');
    expect(sink.isFull).toBe(true);
  });
});
