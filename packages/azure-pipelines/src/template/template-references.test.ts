// Row 14.8: where templates are looked for, and what can be said of one that is not there.

import { describe, expect, it } from 'vitest';
import { expand, findings } from './compile.fixture.ts';
import { resolveTemplate } from './template-path.ts';

describe('row 14.8: the path of a template', () => {
  it.each([
    ['b.yml', 'self', 'dir/b.yml'],
    ['./x/../b.yml', 'self', 'dir/b.yml'],
    ['../b.yml', 'self', 'b.yml'],
    ['/b.yml', 'self', 'b.yml'],
    ['x\\b.yml', 'self', 'dir/x/b.yml'],
    ['b.yml@other', 'other', 'b.yml'],
    ['/x//b.yml@other', 'other', 'x/b.yml'],
  ])('%s from dir/a.yml', (reference, repository, path) => {
    const from = { repository: 'self', path: 'dir/a.yml' };
    expect(resolveTemplate(reference, from)).toEqual({ repository, path });
  });

  it.each(['../../b.yml', '/../b.yml', '', '.', 'x/', '@other', 'a\0b'])(
    '%j names no file of the repository',
    (reference) => {
      expect(resolveTemplate(reference, { repository: 'self', path: 'dir/a.yml' })).toBeUndefined();
    },
  );

  it('stays in the repository of the file that names it, until it says self', () => {
    const from = { repository: 'lib', path: 'dir/a.yml' };
    expect(resolveTemplate('b.yml', from)).toEqual({ repository: 'lib', path: 'dir/b.yml' });
    expect(resolveTemplate('/b.yml', from)).toEqual({ repository: 'lib', path: 'b.yml' });
    expect(resolveTemplate('b.yml@self', from)).toEqual({ repository: 'self', path: 'b.yml' });
    expect(resolveTemplate('b.yml@', from)).toEqual({ repository: 'self', path: 'b.yml' });
  });

  it('stays relative where the alias is that of its own repository', () => {
    const own = { repository: 'lib', path: 'dir/b.yml' };
    expect(resolveTemplate('b.yml@LIB', { repository: 'lib', path: 'dir/a.yml' })).toEqual(own);
    const main = { repository: 'self', path: 'dir/b.yml' };
    expect(resolveTemplate('b.yml@Self', { repository: 'self', path: 'dir/a.yml' })).toEqual(main);
  });
});

const resources = `resources:
  repositories:
  - repository: lib
    name: team/lib
`;

describe('templates of other repositories', () => {
  it('are found by the alias, and what they name in turn by theirs', async () => {
    const files = {
      'main.yml': `${resources}steps:\n- template: steps/a.yml@lib`,
      'steps/a.yml@lib': 'steps:\n- template: b.yml\n- template: c.yml@self',
      'steps/b.yml@lib': 'steps:\n- script: b of lib',
      'c.yml': 'steps:\n- script: c of self',
      'steps/b.yml': 'steps:\n- script: wrong',
    };
    expect(await expand(files)).toMatchObject({
      steps: [{ script: 'b of lib' }, { script: 'c of self' }],
    });
  });

  it('are found by the alias in any case', async () => {
    const files = {
      'main.yml': `${resources}steps:\n- template: a.yml@LIB`,
      'a.yml@lib': 'steps:\n- script: a',
    };
    expect(await expand(files)).toMatchObject({ steps: [{ script: 'a' }] });
  });

  it('path and alias may be expressions', async () => {
    const files = {
      'main.yml': `${resources}variables: {where: lib}
steps:
- template: \${{ format('{0}.yml', 'a') }}@\${{ variables.where }}`,
      'a.yml@lib': 'steps:\n- script: a',
    };
    expect(await expand(files)).toMatchObject({ steps: [{ script: 'a' }] });
  });

  it('an alias that resources do not have is named, with the one that was meant', async () => {
    expect(await findings(`${resources}steps:\n- template: a.yml@lb`)).toEqual([
      'main.yml:6:3: error TEMPLATE_REPOSITORY_UNKNOWN: No repository of "resources" is called "lb". Did you mean "lib"?',
    ]);
  });
});

describe('a template that cannot be used', () => {
  it('is not there: the nearest name is told', async () => {
    const files = { 'main.yml': 'steps:\n- template: step/a.yml', 'steps/a.yml': 'steps: []' };
    expect(await findings(files)).toEqual([
      'main.yml:2:3: error TEMPLATE_NOT_FOUND: There is no file "step/a.yml". Did you mean "steps/a.yml"?',
    ]);
  });

  it('cannot be read', async () => {
    const source = {
      read: async (_: string, path: string) => {
        if (path === 'main.yml') return 'steps:\n- template: a.yml';
        throw new Error('disk on fire');
      },
    };
    expect(await findings({}, { source })).toEqual([
      'main.yml:2:3: error TEMPLATE_NOT_FOUND: The file "a.yml" could not be read: disk on fire',
    ]);
  });

  it.each([
    [
      'jobs:\n- job: a',
      'Template "a.yml" gives "jobs", and it is included where "steps" are needed.',
    ],
    ['resources: {}', 'Template "a.yml" has no "steps", which are needed here.'],
    ['steps: {}\nname: x', 'A template of steps has no "name". Only the main file has it.'],
    ['steps: []\nstep: []', 'A template of steps has no "step". Did you mean "steps"?'],
    ['steps: text', '"steps" of a template is a list.'],
    ['- script: a', 'A pipeline file begins with keys such as'],
    ['', 'The file is empty.'],
    ['a: [', 'Flow sequence'],
  ])('%j', async (text, message) => {
    const found = await findings({ 'main.yml': 'steps:\n- template: a.yml', 'a.yml': text });
    expect(found).toContainEqual(expect.stringContaining(message));
  });

  it.each([
    ['- template:', 'A template is named by its path.'],
    ['- template: [a]', 'A template is named by its path.'],
    ['- template: ../a.yml', 'is no path inside of its repository'],
    ['- template: a.yml\n  parameters: text', 'Parameters for a template are names and values.'],
    [
      '- template: a.yml\n  condition: always()',
      'has no "condition" beside it, only "parameters".',
    ],
    ['- template: a.yml\n  parameter: {}', 'Did you mean "parameters"?'],
  ])('%j', async (reference, message) => {
    const files = { 'main.yml': `steps:\n${reference}`, 'a.yml': 'steps: []' };
    expect(await findings(files)).toEqual([expect.stringContaining(message)]);
  });

  it('an expression without a value is reported, and the template not', async () => {
    expect(await findings('steps:\n- template: ${{ nothing }}')).toEqual([
      expect.stringContaining('EXPRESSION_NAME_UNKNOWN'),
    ]);
  });

  it('all mistakes come in one go', async () => {
    const files = {
      'main.yml': 'steps:\n- template: a.yml\n- template: none.yml\n- script: ${{ eq(1) }}',
      'a.yml': 'steps:\n- script: ${{ nothing }}\n- script: ${{ 1 + 1 }}',
    };
    const found = await findings(files);
    expect(found.map((line) => line.split(': ')[0])).toEqual([
      'a.yml:2:15',
      'a.yml:3:17',
      'main.yml:3:3',
      'main.yml:4:15',
    ]);
  });
});
