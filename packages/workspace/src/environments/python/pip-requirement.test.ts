import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkRequirement } from './pip-requirement.ts';

describe('a line that may stand in a list', () => {
  test.each([
    ['numpy', 'numpy'],
    ['scikit-learn == 1.5.2', 'scikit-learn == 1.5.2'],
    ['pandas>=2,<3  # why', 'pandas>=2,<3'],
    ['uvicorn[standard]~=0.30', 'uvicorn[standard]~=0.30'],
    ['numpy==2.*', 'numpy==2.*'],
    ['tomli>=2; python_version < "3.11"', 'tomli>=2; python_version < "3.11"'],
    [
      'a @ https://example.org/a-1.0-py3-none-any.whl',
      'a @ https://example.org/a-1.0-py3-none-any.whl',
    ],
    ['a @ git+https://example.org/a.git@v1', 'a @ git+https://example.org/a.git@v1'],
    [
      '--extra-index-url=https://example.org/simple',
      '--extra-index-url https://example.org/simple',
    ],
    ['--only-binary :all:', '--only-binary :all:'],
    ['--pre', '--pre'],
    ['', null],
    ['  # only a comment', null],
  ])('%j', (text, line) => expect(checkRequirement(text)).toEqual({ line }));
});

describe('a line that may not', () => {
  test.each([
    ['-r other.txt', "of pip's options"],
    ['-e .', "of pip's options"],
    ['--target /etc', "of pip's options"],
    ['--pre --target /etc', "of pip's options"],
    ['./wheel.whl', 'local files are not sent'],
    ['/etc/passwd', 'local files are not sent'],
    ['a @ file:///etc/passwd', 'must start with https://'],
    ['a @ ./a', 'must start with https://'],
    ['--find-links /etc', 'must start with https://'],
    ['--index-url https://me:hunter2@example.org/', 'no user or password'],
    ['numpy\n--target /etc', 'control character'],
    ['numpy --target /etc', 'is no requirement'],
  ])('%j', (text, problem) => {
    expect(checkRequirement(text)).toEqual({ problem: expect.stringContaining(problem) });
  });

  test('a password is in no message', () => {
    const found = checkRequirement('a @ https://me:hunter2@example.org/a.whl');
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });
});

test('whatever is let through is one line that names no file of this machine', () => {
  const part = fc.constantFrom(
    'a',
    '-',
    '--pre',
    '@',
    ' ',
    '\n',
    '/',
    '.',
    'file:',
    '=',
    '>=',
    '1',
    '[x]',
    ';',
    '#',
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(part).map((parts) => parts.join('')),
  );
  const property = fc.property(text, (written) => {
    const checked = checkRequirement(written);
    if ('problem' in checked || checked.line === null) return;
    expect(checked.line).not.toMatch(/[\n\r]/);
    expect(checked.line).toMatch(/^([A-Za-z0-9]|--pre$)/);
    expect(checked.line.split(';')[0]).not.toMatch(/^[^@]*\/|file:/);
  });
  fc.assert(property, { numRuns: 2_000 });
});
