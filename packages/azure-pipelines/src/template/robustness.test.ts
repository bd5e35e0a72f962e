// What holds for any text: nothing throws, there is a tree or a reason, and where there is no error
// no expression is left.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, type Files } from './compile.fixture.ts';

const main = `name: $(Date:yyyyMMdd)$(Rev:.r)
trigger:
  branches: {include: [main]}
parameters:
- name: environments
  type: object
  default: [dev, prod]
- name: isRelease
  type: boolean
  default: false
resources:
  repositories:
  - repository: lib
    name: team/lib
variables:
- template: variables.yml
- name: folder
  value: \${{ variables.root }}/out
- \${{ if parameters.isRelease }}:
  - group: release
stages:
- stage: build
  jobs:
  - template: jobs.yml
    parameters:
      name: build
      steps:
      - script: make \${{ variables.folder }}
      - template: steps.yml@lib
        parameters: {text: hello}
- \${{ each environment in parameters.environments }}:
  - stage: deploy_\${{ environment }}
    variables: {target: "\${{ environment }}"}
    \${{ if eq(environment, 'prod') }}:
      dependsOn: [build, deploy_dev]
    \${{ else }}:
      dependsOn: build
    jobs:
    - deployment: deploy
      environment: \${{ environment }}
      strategy:
        runOnce:
          deploy:
            steps:
            - script: deploy \${{ variables.target }}
`;

const good: Files = {
  'main.yml': main,
  'variables.yml': 'variables:\n  root: /src\n  ${{ if true }}:\n    more: 1\n',
  'jobs.yml': `parameters:
- name: name
- name: steps
  type: stepList
  default: []
jobs:
- job: \${{ parameters.name }}
  variables: {x: 1}
  steps:
  - \${{ each step in parameters.steps }}:
    - \${{ each pair in step }}:
        \${{ pair.key }}: \${{ pair.value }}
  - \${{ insert }}:
      script: last
`,
  'steps.yml@lib': 'parameters: {text: a}\nsteps:\n- script: echo ${{ parameters.text }}\n',
};
const names = Object.keys(good);

const snippets = [
  '${{ if true }}:',
  '${{ else }}:',
  '${{ elseif eq(1, 1) }}:',
  '${{ each x in parameters }}:',
  '${{ each x in variables }}:',
  '${{ insert }}: ${{ parameters }}',
  '- ${{ parameters }}',
  '- ${{ variables }}',
  '${{ convertToJson(parameters) }}',
  '${{ parameters.steps }}',
  '${{ parameters.*.x }}',
  '${{ split(1, 2) }}',
  '${{',
  '}}',
  'template: main.yml',
  '- template: main.yml',
  '- template: jobs.yml@self',
  'extends: {template: jobs.yml}',
  'extends: {template: main.yml, parameters: {}}',
  'parameters: {a: b}',
  'type: stageList',
  'type: jobList',
  'default: [{job: a}]',
  'steps: {}',
  'stages: []',
  '__proto__: 1',
  'constructor: {}',
  '&a',
  '*a',
  '[]',
  '{}',
  '""',
  '~',
  '\0',
  '😀',
];

const hows = ['drop', 'double', 'indent', 'outdent', 'value', 'insert', 'swap'] as const;

/** Lines of good files lost, doubled, moved, or with something else in them. */
const mutated = fc
  .array(
    fc.record({
      file: fc.constantFrom(...names),
      at: fc.nat(200),
      how: fc.constantFrom(...hows),
      snippet: fc.oneof(fc.constantFrom(...snippets), fc.string({ maxLength: 12 })),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((changes) => {
    const files = new Map(Object.entries(good).map(([name, text]) => [name, text.split('\n')]));
    for (const { file, at, how, snippet } of changes) {
      const lines = files.get(file) ?? [];
      change(lines, at % Math.max(1, lines.length), how, snippet);
    }
    return Object.fromEntries([...files].map(([name, lines]) => [name, lines.join('\n')]));
  });

function change(lines: string[], at: number, how: (typeof hows)[number], snippet: string): void {
  const line = lines[at] ?? '';
  const indent = /^\s*/.exec(line)?.[0] ?? '';
  if (how === 'drop') lines.splice(at, 1);
  else if (how === 'double') lines.splice(at, 0, line);
  else if (how === 'indent') lines[at] = `  ${line}`;
  else if (how === 'outdent') lines[at] = line.replace(/^ {2}/, '');
  else if (how === 'value') lines[at] = line.replace(/:.*$/, `: ${snippet}`);
  else if (how === 'insert') lines.splice(at, 0, indent + snippet);
  else lines[at] = lines[(at + 7) % lines.length] ?? '';
}

async function check(files: Files): Promise<void> {
  const { root, plain, diagnostics } = await compile(files, { file: names[0] ?? '' });
  const errors = diagnostics.filter((line) => line.includes(': error '));
  expect(root !== undefined || errors.length > 0).toBe(true);
  if (errors.length === 0) expect(JSON.stringify(plain)).not.toMatch(/\$\{\{.*\}\}/);
  for (const line of diagnostics) expect(line).not.toMatch(/undefined|\[object|:0:|NaN/);
}

describe('nothing throws', () => {
  it('the good files are good', async () => {
    expect((await compile(good)).diagnostics).toEqual([]);
  });

  it('however good files are changed', async () => {
    await fc.assert(fc.asyncProperty(mutated, check), { numRuns: 600 });
  }, 30_000);

  it('whatever the text is', async () => {
    const words = fc.array(fc.constantFrom(...snippets, '\n', '  ', 'steps:', 'jobs:', '- ', 'a:'));
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      words.map((parts) => parts.join('')),
      words.map((parts) => `steps:\n${parts.join('\n')}`),
    );
    const property = fc.asyncProperty(text, (yaml) => check({ 'main.yml': yaml }));
    await fc.assert(property, { numRuns: 800 });
  }, 30_000);

  it('whatever is given as parameters', async () => {
    const text = `parameters:
- {name: s, default: a}
- {name: n, type: number, default: 1}
- {name: b, type: boolean, default: true}
- {name: o, type: object, default: {}}
- {name: l, type: stepList, default: []}
steps:
- \${{ parameters.l }}
- script: \${{ parameters.s }} \${{ parameters.n }} \${{ parameters.b }}
  env: \${{ parameters.o }}`;
    const parameters = fc.dictionary(fc.constantFrom('s', 'n', 'b', 'o', 'l', 'x'), fc.anything());
    const property = fc.asyncProperty(parameters, async (given) => {
      const { root } = await compile(text, { parameters: given });
      expect(root).toBeDefined();
    });
    await fc.assert(property, { numRuns: 500 });
  }, 30_000);
});
