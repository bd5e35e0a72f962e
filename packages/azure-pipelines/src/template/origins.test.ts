// Every value knows where it came from, through the templates.

import { describe, expect, it } from 'vitest';
import type { MappingNode, Node } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';
import { compile } from './compile.fixture.ts';

/** `file:line:column`, and behind `<` where that was included. */
function placeOf({ file, line, column, via }: Origin): string {
  return `${file}:${line}:${column}${via === undefined ? '' : ` < ${placeOf(via)}`}`;
}

/** The places of all texts of a tree, by text. */
async function placesOf(files: Record<string, string>): Promise<Record<string, string>> {
  const { root } = await compile(files);
  const places: Record<string, string> = {};
  const visit = (node: Node) => {
    if (node.kind === 'scalar') places[String(node.value)] = placeOf(node.origin);
    else if (node.kind === 'sequence') for (const item of node.items) visit(item);
    else for (const { value } of node.entries) visit(value);
  };
  visit(root as MappingNode);
  return places;
}

describe('origins', () => {
  it('of a template name the reference to it, and so on outwards', async () => {
    const places = await placesOf({
      'main.yml': 'steps:\n- template: a/t.yml\n- script: own',
      'a/t.yml': 'steps:\n- script: outer\n- template: u.yml',
      'a/u.yml': 'steps:\n- script: inner',
    });
    expect(places).toEqual({
      own: 'main.yml:3:11',
      outer: 'a/t.yml:2:11 < main.yml:2:3',
      inner: 'a/u.yml:2:11 < a/t.yml:3:3 < main.yml:2:3',
    });
  });

  it('of what came as a parameter are where it was written', async () => {
    const places = await placesOf({
      'main.yml': 'steps:\n- template: t.yml\n  parameters:\n    list:\n    - env: {A: given}',
      't.yml':
        'parameters:\n- name: list\n  type: object\nsteps:\n- ${{ each x in parameters.list }}:\n  - ${{ x }}',
    });
    expect(places).toEqual({ given: 'main.yml:5:16' });
  });

  it('of a text that an expression gives are where the expression stands', async () => {
    const places = await placesOf({
      'main.yml': 'steps:\n- template: t.yml\n  parameters: {x: given}',
      't.yml':
        'parameters:\n- name: x\nsteps:\n- script: ${{ parameters.x }}\n- script: a ${{ parameters.x }}',
    });
    expect(places).toEqual({
      given: 't.yml:4:11 < main.yml:2:3',
      'a given': 't.yml:5:11 < main.yml:2:3',
    });
  });

  it('of other repositories name them', async () => {
    const places = await placesOf({
      'main.yml':
        'resources: {repositories: [{repository: lib, name: n}]}\nsteps:\n- template: t.yml@lib',
      't.yml@lib': 'steps:\n- script: x',
    });
    expect(places).toMatchObject({ x: 't.yml@lib:2:11 < main.yml:3:3' });
  });
});

describe('mistakes in expressions', () => {
  it.each([
    ['in a plain text', '- script: a ${{ nothing }}', '2:17'],
    ['in quotes', '- script: "\\t ${{ nothing }}"', '2:19'],
    ['in a block', '- script: |\n    a ${{ 1 }}\n    b ${{ nothing }}', '4:11'],
    ['in a folded block', '- script: >\n    a\n    b ${{ eq(1, nothing) }}', '4:17'],
    ['in a condition', '- ${{ if eq(nothing, 1) }}:\n  - script: a', '2:13'],
    ['in a loop', '- ${{ each x in nothing }}:\n  - script: a', '2:17'],
    ['in a key', '- script: a\n  ${{ nothing }}: b', '3:7'],
  ])('%s are shown where the word stands', async (_, steps, place) => {
    const { diagnostics } = await compile(`steps:\n${steps}`);
    expect(diagnostics).toEqual([expect.stringContaining(`main.yml:${place}: error`)]);
  });
});
