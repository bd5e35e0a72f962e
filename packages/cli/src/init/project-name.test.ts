import { describe, expect, test } from 'vitest';
import { assertProjectName } from './project-name.ts';

describe('a project name', () => {
  test.each(['abc', 'house_prices', 'ABCDEFGHIJKLMNO', '___'])('may be %s', (name) => {
    expect(() => assertProjectName(name)).not.toThrow();
  });

  test.each(['', 'ab', 'sixteen_letters_'])('has 3 to 15 characters, and is not “%s”', (name) => {
    expect(() => assertProjectName(name)).toThrow(/^Invalid project name length\. /);
  });

  test.each(['with-hyphen', 'digits1', 'a b c', 'naïve', '../etc', 'a\nb'])(
    'holds letters and underscores only, and is not “%s”',
    (name) => {
      expect(() => assertProjectName(name)).toThrow(/^Invalid characters in project name\. /);
    },
  );
});
