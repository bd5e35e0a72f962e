import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readData } from './read-data.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'read-data-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(name: string, text: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, text);
  return file;
}

describe('data', () => {
  test('is one file', async () => {
    expect((await readData(await put('a.csv', 'a,b\n1,x\n'))).toRows()).toEqual([{ a: 1, b: 'x' }]);
  });

  test('is the files of a folder, by name, hidden ones apart', async () => {
    await put('2.csv', 'a,b\n2,y\n');
    await put('1.csv', 'b,a\nx,1\n');
    await put('.hidden', 'nothing');
    await put('_SUCCESS', '');
    expect((await readData(folder)).toRows()).toEqual([
      { b: 'x', a: 1 },
      { b: 'y', a: 2 },
    ]);
  });

  test('of two files has the wider of two types', async () => {
    await put('1.csv', 'n,t,d,m\n1,1,2020-01-01,\n');
    await put('2.csv', 'n,t,d,m\n1.5,x,2020-01-02,3\n');
    const table = await readData(folder);
    expect(table.columns().map(({ type }) => type)).toEqual([
      'double',
      'string',
      'datetime',
      'string',
    ]);
    expect(table.toRows()).toMatchObject([
      { n: 1, t: '1', m: null },
      { n: 1.5, t: 'x', m: '3' },
    ]);
  });

  test('of files that have other columns is refused, and both are named', async () => {
    await put('1.csv', 'a\n1\n');
    await put('2.csv', 'b\n1\n');
    await expect(readData(folder)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(/2\.csv' has the columns b, and '.*1\.csv' has a/),
    });
  });

  test('that is not there, and a folder of nothing, are told', async () => {
    await expect(readData(path.join(folder, 'no'))).rejects.toMatchObject({
      code: 'INPUT_NOT_FOUND',
    });
    await expect(readData(folder)).rejects.toMatchObject({ code: 'INPUT_INVALID' });
  });
});

describe('an MLTable', () => {
  test('says which files, how they are divided, and which columns', async () => {
    await put('in/a.txt', 'x;y\n1;2\n');
    await put('other.txt', 'not;this\n');
    await put(
      'MLTable',
      'paths:\n  - folder: ./in\ntransformations:\n  - read_delimited: {delimiter: ";", encoding: utf8}\n  - keep_columns: [y]\n',
    );
    expect((await readData(folder)).toRows()).toEqual([{ y: 2 }]);
  });

  test('reads JSON Lines', async () => {
    await put('a.txt', '{"x": 1}\n');
    await put('MLTable', 'paths: [{file: a.txt}]\ntransformations: [read_json_lines]\n');
    expect((await readData(folder)).toRows()).toEqual([{ x: 1 }]);
  });

  test.each([
    ['paths: []', /has no list 'paths'/],
    ['- 1', /has no list 'paths'/],
    ['5', /is no mapping/],
    ['paths: [}', /is no YAML/],
    ['paths: [{pattern: "*.csv"}]', /neither 'file/],
    ['paths: [{file: ../secret.csv}]', /not below its own folder/],
    ['paths: [{file: /etc/passwd}]', /not below its own folder/],
    ['paths: [{file: "https://example.org/a.csv"}]', /not below its own folder/],
    ['paths: [{file: a.csv}]\ntransformations: [{take: 5}]', /'take', which is not supported/],
    ['paths: [{file: a.csv}]\ntransformations: 1', /that are no list/],
    ['paths: [{file: a.csv}]\ntransformations: [{read_delimited: {encoding: latin1}}]', /utf8/],
    [
      'paths: [{file: a.csv}]\ntransformations: [{read_delimited: {header: no_header}}]',
      /no header/,
    ],
    ['paths: [{file: a.csv}]\ntransformations: [{keep_columns: [1]}]', /no list of names/],
    ['a: &a [1]\nb: *a\npaths: [{file: a.csv}]', /is no YAML/],
  ])('as %j is refused', async (text, message) => {
    await put('a.csv', 'x\n1\n');
    await put('MLTable', text);
    await expect(readData(folder)).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(message),
    });
  });
});
