// The corpus of testdata/mistakes: pipelines with mistakes, and beside each what is said about it.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatDiagnostic } from '../diagnostic/diagnostic.ts';
import { type DiagnosticCode, diagnosticCodes } from '../diagnostic/diagnostic-codes.ts';
import { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { expandTemplates } from './expand-templates.ts';
import type { TemplateSource } from './template-source.ts';

const corpus = path.join(import.meta.dirname, '..', '..', 'testdata', 'mistakes');
const seen = new Set<DiagnosticCode>();

function sourceIn(folder: string): TemplateSource {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return {
    read: async (repository, file) => {
      const whole = path.join(folder, file);
      return repository === 'self' && existsSync(whole) ? readFileSync(whole, 'utf8') : undefined;
    },
    list: async () => files.filter((file) => file.endsWith('.yml')).toSorted(),
  };
}

describe('mistakes in a pipeline', () => {
  it.each(readdirSync(corpus))('%s: each is told with its place and next step', async (name) => {
    const folder = path.join(corpus, name);
    const sink = new DiagnosticSink();
    await expandTemplates({ file: 'main.yml', source: sourceIn(folder) }, sink);
    for (const { code } of sink.diagnostics) seen.add(code);
    const lines = sink.diagnostics.map(formatDiagnostic);
    const expected = readFileSync(path.join(folder, 'expected.txt'), 'utf8');
    expect(`${lines.join('\n')}\n`).toBe(expected);
  });

  it('the corpus shows every code of this pass but those that no small file can show', () => {
    const elsewhere: DiagnosticCode[] = [
      'YAML_TOO_LARGE',
      'YAML_ALIAS_LIMIT',
      'YAML_TOO_DEEP',
      'YAML_TOO_MANY_VALUES',
      'TEMPLATE_TOO_MANY_FILES',
    ];
    const codes = Object.keys(diagnosticCodes) as DiagnosticCode[];
    const last = codes.indexOf('PARAMETER_UNUSED');
    const missing = codes.slice(0, last + 1).filter((code) => !seen.has(code));
    expect(missing).toEqual(elsewhere);
  });
});
