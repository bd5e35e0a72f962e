import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCondaFile } from './parse-conda-file.ts';

const read = (text: string) => parseCondaFile(text, { fileName: 'conda.yml' });

describe('a conda file', () => {
  test('is read as plain data', () => {
    const text =
      'channels: [conda-forge]\ndependencies:\n  - python=3.11\n  - pip:\n      - numpy\n';
    expect(read(text)).toEqual({
      condaFile: { channels: ['conda-forge'], dependencies: ['python=3.11', { pip: ['numpy'] }] },
      diagnostics: [],
    });
  });

  test.each([
    ['a list', '- numpy\n', 1, 1],
    ['a text', 'numpy', 1, 1],
    ['no YAML', 'dependencies: [numpy\n', 2, 1],
  ])('that is %s is refused, with the place', (_what, text, line, column) => {
    const { condaFile, diagnostics } = read(text);
    expect(condaFile).toBeNull();
    expect(diagnostics[0]).toMatchObject({ file: 'conda.yml', line, column });
  });

  test('never breaks, whatever it holds', () => {
    const property = fc.property(fc.string(), (text) => {
      const { condaFile, diagnostics } = read(text);
      if (condaFile === null) expect(diagnostics.length).toBeGreaterThan(0);
    });
    fc.assert(property);
  });
});
