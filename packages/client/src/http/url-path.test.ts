import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeFilePath, pathOf, queryOf } from './url-path.ts';

const base = 'http://h/root';

describe('pathOf', () => {
  it('keeps every name one segment of the URL, whatever it holds', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => text !== '.' && text !== '..');
    fc.assert(
      fc.property(name, name, (a, b) => {
        const { pathname, search, hash } = new URL(base + pathOf('x', a, b));
        expect(search + hash).toBe('');
        expect(pathname.split('/').slice(2).map(decodeURIComponent)).toEqual(['x', a, b]);
      }),
    );
  });

  it.each(['', '.', '..'])('refuses %j, which would lead elsewhere', (name) => {
    const refused = expect.objectContaining({ code: 'PATH_NOT_ALLOWED', status: 400 });
    expect(() => pathOf('jobs', name)).toThrow(refused);
  });
});

describe('encodeFilePath', () => {
  it('keeps the slashes and encodes the rest', () => {
    expect(encodeFilePath('in put/a?b#c%/ü.csv')).toBe('in%20put/a%3Fb%23c%25/%C3%BC.csv');
  });

  it.each(['', '/a', 'a/', 'a//b', '../a', 'a/../../b', 'a/.'])('refuses %j', (path) => {
    expect(() => encodeFilePath(path)).toThrow(
      expect.objectContaining({ code: 'PATH_NOT_ALLOWED' }),
    );
  });
});

describe('queryOf', () => {
  it('leaves out what is undefined', () => {
    expect(queryOf({ a: 1, b: undefined, c: 'x & y' })).toBe('?a=1&c=x+%26+y');
    expect(queryOf({ b: undefined })).toBe('');
  });
});
