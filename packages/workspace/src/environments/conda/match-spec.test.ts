import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseMatchSpec } from './match-spec.ts';

describe('a dependency, in pip’s words', () => {
  test.each([
    ['numpy', 'numpy', []],
    ['Scikit-Learn', 'scikit-learn', []],
    ['scikit-learn=1.5', 'scikit-learn', ['==1.5.*']],
    ['scikit-learn=1.5.*', 'scikit-learn', ['==1.5.*']],
    ['scikit-learn==1.5', 'scikit-learn', ['==1.5']],
    ['scikit-learn==1.5.*', 'scikit-learn', ['==1.5.*']],
    ['scikit-learn 1.5.2', 'scikit-learn', ['==1.5.2']],
    ['numpy>=1.26,<3', 'numpy', ['>=1.26', '<3']],
    ['numpy >=1.26, <3', 'numpy', ['>=1.26', '<3']],
    ['numpy!=1.26.1', 'numpy', ['!=1.26.1']],
    ['numpy~=1.26', 'numpy', ['~=1.26']],
    ['numpy=*', 'numpy', []],
    ['numpy=2.0.0rc1', 'numpy', ['==2.0.0rc1.*']],
  ])('%s', (text, name, version) => {
    expect(parseMatchSpec(text)).toEqual({ name, version, notes: [] });
  });

  test.each([
    ['conda-forge::numpy=2', ['==2.*'], "channel 'conda-forge' of 'numpy' is ignored"],
    ['numpy=2.1=py311_0', ['==2.1.*'], "build 'py311_0' of 'numpy' is ignored"],
    ['numpy 2.1.0 py311_0', ['==2.1.0'], "build 'py311_0' of 'numpy' is ignored"],
  ])('%s passes over what pip has not, and says so', (text, version, note) => {
    expect(parseMatchSpec(text)).toEqual({ name: 'numpy', version, notes: [note] });
  });
});

describe('what cannot be read is refused', () => {
  test.each([
    ['', "package's name"],
    ['=1.5', "package's name"],
    ['--index-url x', "package's name"],
    ['numpy=1.5|1.6', 'have no equal in pip'],
    ["numpy[version='>=1']", 'have no equal in pip'],
    ['numpy=latest', "'=latest' is no version"],
    ['numpy one two', 'is no version'],
    ['numpy; rm -rf /', 'is no version'],
    ['numpy>=1 --find-links x', 'is no version'],
  ])('%j', (text, problem) => {
    expect(parseMatchSpec(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('whatever is read can be written on one line for pip', () => {
    const part = fc.constantFrom(
      'numpy',
      '=',
      '==',
      '>=',
      '1.5',
      '*',
      ',',
      ' ',
      '\n',
      ';',
      '-r',
      'x',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(part).map((parts) => parts.join('')),
    );
    const property = fc.property(text, (written) => {
      const spec = parseMatchSpec(written);
      if ('problem' in spec) return;
      expect(spec.name).toMatch(/^[a-z0-9][a-z0-9_.-]*$/);
      for (const rule of spec.version) expect(rule).toMatch(/^[=!<>~]{1,2}\d[\w.*]*$/);
    });
    fc.assert(property, { numRuns: 2_000 });
  });
});
