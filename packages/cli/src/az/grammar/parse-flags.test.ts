import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flag, globalFlags, workspaceFlags } from './flag.ts';
import { checkRequired, parseFlags } from './parse-flags.ts';

const known = [
  ...workspaceFlags,
  flag.value('--name -n', { isRequired: true }),
  flag.values('--tag'),
  flag.value('--password -p'),
  flag.value('--inference-config-file --ic'),
  flag.switch('--overwrite'),
  ...globalFlags,
];

const parsed = async (...words: readonly string[]) => {
  const flags = await parseFlags(words, known);
  return Object.fromEntries(flags.names.map((name) => [name, flags.all(name)]));
};
const mistake = (...words: readonly string[]) =>
  parseFlags(words, known).then(
    () => 'none',
    (error: Error) => error.message,
  );

describe('every spelling of a flag', () => {
  test.each<readonly [string, readonly string[], Record<string, readonly string[]>]>([
    ['long', ['--resource-group', 'g'], { 'resource-group': ['g'] }],
    ['long with =', ['--resource-group=g'], { 'resource-group': ['g'] }],
    ['long with = in its value', ['--tag=BuildId=7'], { tag: ['BuildId=7'] }],
    ['short', ['-g', 'g'], { 'resource-group': ['g'] }],
    ['short with =', ['-g=g'], { 'resource-group': ['g'] }],
    ['short in one word', ['-otsv'], { output: ['tsv'] }],
    ['a second long one', ['--ic', 'a.yml'], { 'inference-config-file': ['a.yml'] }],
    ['a beginning that only one has', ['--out', 'tsv'], { output: ['tsv'] }],
    ['a switch', ['--overwrite', '-v'], { overwrite: [], verbose: [] }],
    ['several values', ['--tag', 'a=1', 'b=2', '-n', 'x'], { tag: ['a=1', 'b=2'], name: ['x'] }],
    ['given again', ['--tag', 'a=1', '--tag', 'b=2'], { tag: ['a=1', 'b=2'] }],
    ['a value that begins with a dash', ['--password=-x'], { password: ['-x'] }],
    ['a negative number', ['-n', '-1'], { name: ['-1'] }],
    ['an empty value', ['--name', ''], { name: [''] }],
  ])('%s', async (_, words, values) => {
    expect(await parsed(...words)).toEqual(values);
  });

  test('of a flag given twice the last one counts', async () => {
    expect((await parseFlags(['-n', 'a', '--name=b'], known)).one('name')).toBe('b');
  });
});

describe('mistakes', () => {
  test.each<readonly [string, readonly string[], string]>([
    [
      'an unknown flag',
      ['--overwrit3'],
      'unrecognized arguments: --overwrit3. Did you mean "--overwrite"?',
    ],
    ['an unknown short one', ['-z', 'x'], 'unrecognized arguments: -z'],
    ['a beginning that two have', ['--res', 'x', '--o'], 'unrecognized arguments: --o'],
    ['no value', ['--name'], '--name expects a value'],
    ['a flag for a value', ['--name', '--tag', 'x'], '--name expects a value'],
    ['a value for a switch', ['--overwrite=yes'], '--overwrite takes no value'],
    ['a word alone', ['-n', 'a', 'b'], 'a word stands alone'],
    ['two dashes', ['--'], 'a word stands alone'],
  ])('%s', async (_, words, message) => {
    expect(await mistake(...words)).toContain(message);
  });

  test('never show a value, which may be a secret', async () => {
    const words = [
      ['--passwrd=hunter2'],
      ['-zhunter2'],
      ['-n', 'a', 'hunter2'],
      ['--overwrite=hunter2'],
    ];
    for (const each of words) expect(await mistake(...each)).not.toContain('hunter2');
  });

  test('are always of the call, whatever the words are', async () => {
    const spellings = known.flatMap((each) => each.spellings);
    const word = fc.oneof(
      fc.constantFrom(...spellings),
      fc.constantFrom(...spellings).map((spelling) => `${spelling}=SECRET`),
      fc.constant('SECRET'),
      fc.string().map((text) => `--${text}=SECRET`),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(word, { maxLength: 8 }), async (words) => {
        const error = await parseFlags(words, known).then(
          () => undefined,
          (problem: unknown) => problem,
        );
        if (error === undefined) return;
        expect(error).toMatchObject({ code: 'AZ_USAGE', exitCode: 2 });
        expect((error as Error).message).not.toContain('SECRET');
      }),
    );
  });

  test('required ones are named by all their spellings, and too many words are refused', async () => {
    const flags = await parseFlags(['-g', 'x'], known);
    expect(() => checkRequired(flags, known)).toThrow('are required: --name/-n');
    expect(await mistake(...Array<string>(1001).fill('-v'))).toContain('there are 1001 words');
  });
});
