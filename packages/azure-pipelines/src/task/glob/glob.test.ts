import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findEntries, findFiles } from './find-files.ts';
import { matchPaths } from './match-paths.ts';

const paths = ['a.txt', 'b/c.txt', 'b/.hidden', 'b/d/e.md', 'b/{x}.txt', 'z [1].txt'];

describe('file patterns', () => {
  it.each([
    [['**'], paths],
    [['*.txt'], ['a.txt', 'z [1].txt']],
    [['b/**'], ['b/c.txt', 'b/.hidden', 'b/d/e.md', 'b/{x}.txt']],
    [
      ['**', '!**/*.txt'],
      ['b/.hidden', 'b/d/e.md'],
    ],
    // In order: what is taken away can be brought back.
    [
      ['**', '!b/**', 'b/c.txt'],
      ['a.txt', 'b/c.txt', 'z [1].txt'],
    ],
    [['!b/**', '**'], paths],
    [['!!b/c.txt'], ['b/c.txt']],
    [['# a comment', '', '  b/c.txt  '], ['b/c.txt']],
    // Braces are letters.
    [['b/{x}.txt'], ['b/{x}.txt']],
    [['b/{c,x}.txt'], []],
    [['b/?.txt'], ['b/c.txt']],
    [['b/+(c|d).txt'], ['b/c.txt']],
    [['A.TXT'], process.platform === 'win32' ? ['a.txt'] : []],
    [[], []],
  ])('%j', (lines, expected) => {
    expect(matchPaths(paths, lines)).toEqual(expected);
  });

  it("a root's own wildcards are letters", () => {
    expect(matchPaths(['/r[1]/a', '/r1/a'], ['*'], '/r[1]')).toEqual(['/r[1]/a']);
  });

  it('whatever the patterns, they choose among the paths and in their order', () => {
    const line = fc.string({ unit: fc.constantFrom(...'ab*?!/[]().{}+@|\\# '.split('')) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
        const chosen = matchPaths(paths, lines);
        expect(paths.filter((path) => chosen.includes(path))).toEqual(chosen);
      }),
    );
  });
});

describe('finding files', () => {
  let root = '';
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'glob-'));
    for (const path of ['a.txt', 'b/c.txt', 'b/.git/d.txt', 'x y/(1).txt']) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), '');
    }
    await symlink(root, join(root, 'b', 'up'));
    await symlink(join(root, 'b'), join(root, 'linked'));
  });
  afterAll(() => rm(root, { recursive: true }));
  const find = async (lines: readonly string[]) =>
    (await findFiles(root, lines)).map((file) => relative(root, file));

  it('walks into hidden folders', async () => {
    expect(await find(['b/**/*.txt'])).toEqual(['b/.git/d.txt', 'b/c.txt']);
  });

  it('follows links to folders, and no link back into its own parents', async () => {
    expect(await find(['linked/**'])).toContain('linked/c.txt');
    expect(await find(['**/up/**/a.txt'])).toEqual([]);
  });

  it('takes a path without wildcards as it is, brackets and blanks included', async () => {
    expect(await find(['x y/\\(1\\).txt'])).toEqual(['x y/(1).txt']);
    expect(await find([join(root, 'a.txt')])).toEqual(['a.txt']);
  });

  it('a folder that is not there holds nothing', async () => {
    expect(await findFiles(join(root, 'none'), ['**'])).toEqual([]);
  });

  it('finds folders too', async () => {
    const found = await findEntries(root, ['x*']);
    expect(found).toEqual([{ path: join(root, 'x y'), isFolder: true }]);
  });
});
