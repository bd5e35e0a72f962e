import { posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxPathLength, relativePathProblem } from './relative-path.ts';

describe('a path that nothing is wrong with', () => {
  test.each([
    'a',
    'model/MLmodel',
    '.gitignore',
    '..a/b..',
    '...',
    'a b/ü/日本',
    '%2e%2e/x',
    'x'.repeat(255),
    `${'a/'.repeat(511)}ab`,
  ])('%s', (path) => expect(relativePathProblem(path)).toBeNull());

  test('stays below any folder, on any system', () => {
    const part = fc.oneof(fc.constantFrom('..', '.', '', 'C:', '\\', '~'), fc.string());
    const path = fc.array(part).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(path, (candidate) => {
        if (relativePathProblem(candidate) !== null) return;
        expect(posix.join('/root', candidate)).toBe(`/root/${candidate}`);
        expect(win32.resolve('C:\\root', candidate).startsWith('C:\\root\\')).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('a path is refused, and the reason said', () => {
  test.each([
    ['', 'it is empty'],
    ['..', "it has a part '..'"],
    ['a/../b', "it has a part '..'"],
    ['./a', "it has a part '.'"],
    ['/a', 'it is absolute'],
    ['c:a', 'it is absolute'],
    ['a\\b', 'it holds a backslash; write / between the parts'],
    ['a\0', 'it holds a control character'],
    ['a\x7f', 'it holds a control character'],
    ['\udc00', 'it is not valid Unicode'],
    ['a//b', 'it has an empty part (// or a / at the end)'],
    ['a/', 'it has an empty part (// or a / at the end)'],
    ['ü'.repeat(128), 'a part is longer than 255 bytes'],
    [`${'a/'.repeat(512)}a`, `it is longer than ${maxPathLength} characters`],
  ])('%j', (path, reason) => expect(relativePathProblem(path)).toBe(reason));
});
