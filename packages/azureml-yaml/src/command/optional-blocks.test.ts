import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJob } from '../index.ts';
import { optionalBlocks, resolveBlocks } from './optional-blocks.ts';
import { renderCommand } from './render-command.ts';

const input = (name: string) => `\${{inputs.${name}}}`;
const render = (template: string, inputs: Record<string, string>) =>
  renderCommand(template, { inputs: new Map(Object.entries(inputs)), outputs: new Map() });

describe('an optional block of a command', () => {
  it('stands where its inputs have values, and vanishes where one has none', () => {
    const template = `run $[[--a ${input('a')} --b ${input('b')}]] end`;
    expect(render(template, { a: '1', b: '2' }).replace(/ +/g, ' ')).toBe(
      "run --a '1' --b '2' end",
    );
    expect(render(template, { a: '1' }).replace(/ +/g, ' ')).toBe('run end');
    expect(render(template, {}).replace(/ +/g, ' ')).toBe('run end');
  });

  it('without inputs always stands', () => {
    expect(render('run $[[--fast]]', {}).replace(/ +/g, ' ').trim()).toBe('run --fast');
  });

  it('quotes values as elsewhere', () => {
    expect(render(`run $[[--a "${input('a')}"]]`, { a: '$(x)' })).toContain(`--a ""'$(x)'""`);
  });

  it('keeps all else where it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a ', '$[[', ']]', input('x'), input('y'), "'", '"', '\n')),
        (parts) => {
          const text = parts.join('');
          for (const names of [[], ['x'], ['x', 'y']]) {
            const resolved = resolveBlocks(text, (name) => names.includes(name));
            expect(resolved).toHaveLength(text.length);
            const blocks = optionalBlocks(text);
            const outside = [...text].every((character, index) => {
              const inBlock = blocks.some(({ start, end }) => start <= index && index < end);
              return inBlock || resolved[index] === character;
            });
            expect(outside).toBe(true);
          }
        },
      ),
    );
  });

  it.each([
    [`run $[[--a ${input('a')}`, 'EXPRESSION_SYNTAX_ERROR'],
    [`run ${input('a')}`, 'INPUT_VALUE_MISSING'],
    [`run $[["]]${input('b')}$[["]]`, null],
    [`run $[["${input('a')}]] \`${input('b')}\` $[["${input('a')}]]`, 'COMMAND_EXPRESSION_UNSAFE'],
    [`run $[[--a \`${input('a')}\`]]`, 'COMMAND_EXPRESSION_UNSAFE'],
    [`run $[[--a ${input('nothing')}]]`, 'INPUT_NOT_FOUND'],
  ])('%j: %s', (command, code) => {
    const text = `type: command
command: ${JSON.stringify(command)}
inputs: {a: {type: string, optional: true}, b: {type: string}}`;
    const { diagnostics } = parseJob(text, { fileName: 'job.yml' });
    expect(diagnostics[0]?.code ?? null).toBe(code);
  });
});
