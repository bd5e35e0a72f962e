// Row 14.35, and everything else that a few lines could make too large.

import { describe, expect, it } from 'vitest';
import { compile, findings } from './compile.fixture.ts';

const codesOf = async (files: Parameters<typeof findings>[0]) =>
  (await findings(files)).map((line) => /[A-Z]+_[A-Z_]+/.exec(line)?.[0]);

/** `main.yml` that includes `t0.yml` to `t<count - 1>.yml` one after the other. */
function wide(count: number): Record<string, string> {
  const names = Array.from({ length: count }, (_, at) => `t${at}.yml`);
  const main = ['steps:', ...names.map((name) => `- template: ${name}`)].join('\n');
  return {
    'main.yml': main,
    ...Object.fromEntries(names.map((name) => [name, 'steps: [{script: a}]'])),
  };
}

describe('row 14.35: files and depth', () => {
  it('100 files make a pipeline, and the 101st is refused', async () => {
    expect(await findings(wide(99))).toEqual([]);
    expect(await codesOf(wide(100))).toEqual(['TEMPLATE_TOO_MANY_FILES']);
  });

  it('the same file counts once', async () => {
    const main = `steps:\n${'- template: t.yml\n'.repeat(500)}`;
    const { diagnostics, plain } = await compile({
      'main.yml': main,
      't.yml': 'steps: [{script: a}]',
    });
    expect(diagnostics).toEqual([]);
    expect(plain).toMatchObject({ steps: { length: 500 } });
  });

  it('templates nest 100 deep, and no deeper', async () => {
    const nested = (depth: number) => ({
      'main.yml': `steps:\n- template: t.yml\n  parameters: {rest: "${'x'.repeat(depth - 1)}"}`,
      't.yml': `parameters:
- name: rest
steps:
- \${{ if parameters.rest }}:
  - template: t.yml
    parameters:
      rest: \${{ \${{ }}`.replace(
        '${{ ${{ }}',
        "${{ replace(format('^{0}', parameters.rest), '^x', '') }}",
      ),
    });
    expect(await findings(nested(100))).toEqual([]);
    expect(await codesOf(nested(101))).toEqual(['TEMPLATE_TOO_DEEP']);
  });

  it('a template that includes itself ends, and the way there is shown', async () => {
    const files = { 'main.yml': 'steps:\n- template: t.yml', 't.yml': 'steps:\n- template: t.yml' };
    const [finding] = await findings(files);
    expect(finding).toContain(
      'TEMPLATE_TOO_DEEP: Template "t.yml" would stand in more than 100 others.',
    );
    expect(finding?.split('\n    included at t.yml:2:3')).toHaveLength(10);
    expect(finding).toMatch(/ {4}… 90 times more\n {4}included at main.yml:2:3$/);
  });
});

describe('work and output are bounded', () => {
  const tooLarge = ['EXPANSION_TOO_LARGE'];

  it('templates that include each other twice', async () => {
    const twice = (name: string) => `steps:\n- template: ${name}\n- template: ${name}`;
    const names = Array.from({ length: 60 }, (_, at) => [`t${at}.yml`, twice(`t${at + 1}.yml`)]);
    const files = {
      ...Object.fromEntries(names),
      'main.yml': twice('t0.yml'),
      't60.yml': 'steps: []',
    };
    expect(await codesOf(files)).toEqual(tooLarge);
  });

  it('loops in loops', async () => {
    const list = `split('${Array.from({ length: 100 }, () => 'x').join(',')}', ',')`;
    const loops = Array.from(
      { length: 8 },
      (_, at) => `${'  '.repeat(at)}- \${{ each v${at} in ${list} }}:`,
    );
    expect(await codesOf(['steps:', ...loops, `${'  '.repeat(9)}[]`].join('\n'))).toEqual(tooLarge);
  });

  it('texts that double', async () => {
    const lines = Array.from(
      { length: 60 },
      (_, at) => `  v${at + 1}: \${{ variables.v${at} }}\${{ variables.v${at} }}`,
    );
    expect(
      await codesOf(['variables:', '  v0: xxxxxxxx', ...lines, 'steps: []'].join('\n')),
    ).toEqual(tooLarge);
  });

  it('objects that double from template to template', async () => {
    const template = `parameters:
- name: o
  type: object
- name: n
steps:
- script: a
  env: \${{ parameters.o }}
- \${{ if parameters.n }}:
  - template: t.yml
    parameters:
      n: \${{ replace(format('^{0}', parameters.n), '^x', '') }}
      o: {a: "\${{ parameters.o }}", b: "\${{ parameters.o }}"}`;
    const main = `steps:\n- template: t.yml\n  parameters: {o: {}, n: ${'x'.repeat(60)}}`;
    expect(await codesOf({ 'main.yml': main, 't.yml': template })).toEqual(tooLarge);
  });

  it('lists that grow deeper from template to template', async () => {
    const nested = (text: string) =>
      Array.from({ length: 40 }).reduce<string>((inner) => `[${inner}]`, text);
    const template = `parameters:
- name: o
  type: object
- name: n
steps:
- \${{ if parameters.n }}:
  - template: t.yml
    parameters:
      n: \${{ replace(format('^{0}', parameters.n), '^x', '') }}
      o: ${nested('{a: "${{ parameters.o }}"}')}`;
    const main = `steps:\n- template: t.yml\n  parameters: {o: {}, n: ${'x'.repeat(60)}}`;
    expect(await codesOf({ 'main.yml': main, 't.yml': template })).toEqual(tooLarge);
  });

  it('texts that are made and thrown away', async () => {
    const text = `parameters:
- name: o
  type: object
  default: [${'x, '.repeat(20_000)}x]
variables: {a: b}
steps:
- \${{ each x in parameters.o }}:
  - \${{ if contains(convertToJson(parameters.o), 'y') }}:
    - script: a`;
    expect(await codesOf(text)).toEqual(tooLarge);
  });

  it('a hundred mistakes are shown, however many there are', async () => {
    const text = `steps:\n${'- script: ${{ nothing }}\n'.repeat(5_000)}`;
    const found = await findings(text);
    expect(found).toHaveLength(101);
    expect(found.at(-1)).toContain('TOO_MANY_DIAGNOSTICS');
  });
});
