import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AzureMlYamlError } from '../errors.ts';
import { renderCommand } from './render-command.ts';

const shells = ['sh', 'bash', 'dash'].filter(
  (shell) => spawnSync(shell, ['-c', 'exit 0']).status === 0,
);

function render(template: string, x: string): string {
  return renderCommand(template, { inputs: new Map([['x', x]]), outputs: new Map([['y', x]]) });
}

function run(shell: string, command: string): string {
  return execFileSync(shell, ['-c', command], { encoding: 'utf8', env: { HOME: '/root', v: 'V' } });
}

/** Each prints its value and then a `|`; what it prints of its own stands beside it. */
const contexts: readonly (readonly [string, (value: string) => string])[] = [
  ['printf "%s|" ${{inputs.x}}', (v) => v],
  ["printf '%s|' '${{inputs.x}}'", (v) => v],
  ['printf "%s|" "${{inputs.x}}"', (v) => v],
  ['printf "%s|" --a=${{inputs.x}}/b', (v) => `--a=${v}/b`],
  ['printf "%s|" "a ${{inputs.x}} b"', (v) => `a ${v} b`],
  ["printf '%s|' 'a ${{outputs.y}} b'", (v) => `a ${v} b`],
  ['printf "%s|" "$v${{inputs.x}}"', (v) => `V${v}`],
  ['printf "%s|" "\\"${{inputs.x}}\\""', (v) => `"${v}"`],
  ['printf "%s|" "$${{inputs.x}}"', (v) => `$${v}`],
  ['printf "%s|" ${v}${{inputs.x}}', (v) => `V${v}`],
  ['printf "%s|" \'a\'${{inputs.x}}"b"', (v) => `a${v}b`],
  ['printf "%s|" ${{inputs.x}}${{outputs.y}}', (v) => v + v],
  ['printf "%s|" "$(printf "%s." "${{inputs.x}}")"', (v) => `${v}.`],
  ["printf '%s|' \"$(printf '%s.' '${{inputs.x}}')\"", (v) => `${v}.`],
  ['(printf "%s|" ${{inputs.x}})', (v) => v],
  ['z=${{inputs.x}}; printf "%s|" "$z"', (v) => v],
  ['case a in a) printf "%s|" "${{inputs.x}}" ;; esac', (v) => v],
  ['printf "%s|" a\\\n#${{inputs.x}}', (v) => `a#${v}`],
  ['printf "%s|" a # it\'s ${{inputs.x}}\n', () => 'a'],
  ['printf "%s|" a # ${{inputs.x\n}} more\n', () => 'a'],
  ['cat <<END\nit\'s $v\nEND\nprintf "|%s|" "${{inputs.x}}"', (v) => `it's V\n|${v}`],
  ["cat <<-'END'\n\tit's $v\n\tEND\nprintf '|%s|' '${{inputs.x}}'", (v) => `it's $v\n|${v}`],
  ['printf "%s|" $((1 + 1))${{inputs.x}}', (v) => `2${v}`],
  ['printf "%s|" `printf "a b"` "${{inputs.x}}"', (v) => `a|b|${v}`],
  ['printf "%s|" $#${{inputs.x}}', (v) => `0${v}`],
];

const hostile = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({
      unit: fc.constantFrom(
        "'",
        '"',
        '\\',
        '$',
        '`',
        '\n',
        ' ',
        '#',
        '(',
        ')',
        '{',
        '}',
        '|',
        ';',
        'a',
        '*',
        '~',
        '!',
        '&',
        '<',
        '-',
        '\t',
        '\r',
        '=',
      ),
    }),
    fc.constantFrom(
      '$(echo no)',
      '`echo no`',
      "'; echo no; '",
      '"; echo no; "',
      '\\',
      '-n',
      '$v',
      '',
    ),
  )
  .filter((value) => !value.includes('\0') && value.isWellFormed());

describe.each(shells)('under %s', (shell) => {
  it.each(contexts.map(([template]) => template))(
    '%s: the shell sees exactly the value',
    (template) => {
      const expected = contexts.find(([other]) => other === template)?.[1];
      const value = 'it\'s "$v" `id` $(id) \\ * ~ # & ; | < > \n END\nEND\n!';
      expect(run(shell, render(template, value))).toBe(`${expected?.(value)}|`);
    },
  );

  it('no template that is accepted lets a value run', () => {
    const parts = fc.array(
      fc.constantFrom(
        '${{inputs.x}}',
        '${{inputs.x}}',
        "'",
        '"',
        '$',
        '`',
        '(',
        ')',
        '$((',
        '\\',
        '\n',
        '<<E',
        '\nE\n',
        '#',
        ' ',
        'echo ',
        'case a in a) ',
        '${v',
        '}',
        "$'",
        '<(',
        '|',
        'v=',
        '<<<',
        ';;',
        'E',
      ),
      { minLength: 3, maxLength: 14 },
    );
    const mark = 'echo ran >&3';
    const marks = (command: string) => {
      const stdio = ['ignore', 'ignore', 'ignore', 'pipe'] as const;
      const { output, error } = spawnSync(shell, ['-c', command], { stdio: [...stdio], env: {} });
      if (error !== undefined) throw error;
      return String(output[3]);
    };
    // A value that runs prints a mark to the descriptor that the template itself never writes to.
    expect(marks('echo ran >&3')).toBe('ran\n');
    const attacks = fc.constantFrom(
      `'; ${mark}; '`,
      `"; ${mark}; "`,
      `\n${mark}\n`,
      `$(${mark})`,
      `\`${mark}\``,
      `)\n${mark}\n(`,
      `\nE\n${mark}\n`,
      `\\'; ${mark} #`,
      `a[$(${mark})]`,
    );
    fc.assert(
      fc.property(parts, attacks, (template, value) => {
        const command = renderOrNull(template.join(''), value);
        if (command === null) return;
        expect(marks(command)).toBe('');
      }),
      { numRuns: 150 },
    );
  });

  it('random values in random places are seen exactly', () => {
    const places = fc.array(fc.constantFrom(...contexts), { minLength: 5, maxLength: 12 });
    fc.assert(
      fc.property(places, hostile, (chosen, value) => {
        const template = chosen.map(([context]) => context).join('\n');
        const expected = chosen.map(([, print]) => `${print(value)}|`).join('');
        expect(run(shell, render(template, value))).toBe(expected);
      }),
      { numRuns: 40 },
    );
  });
});

describe('what cannot be quoted', () => {
  it.each([
    ['echo \\${{inputs.x}}', 'backslash'],
    ['echo "\\${{inputs.x}}"', 'backslash'],
    ['echo $${{inputs.x}}', "right after a '$'"],
    ['echo `echo ${{inputs.x}}`', 'backticks'],
    ['echo "`echo ${{inputs.x}}`"', 'backticks'],
    ['echo $((${{inputs.x}} + 1))', 'arithmetic'],
    ['echo "$(( 1 + "${{inputs.x}}" ))"', 'arithmetic'],
    ['((${{inputs.x}} > 1))', 'arithmetic'],
    ['echo $[${{inputs.x}}]', 'arithmetic'],
    ["echo $((1 + '2')) ${{inputs.x}}", 'arithmetic'],
    ['echo $((1 << 2)) ${{inputs.x}}', 'arithmetic'],
    ['echo $((1 #\n)) ${{inputs.x}}', 'arithmetic'],
    ['echo ${v:-"${{inputs.x}}"}', '${…}'],
    ['echo "${v:-\'}" ${{inputs.x}} "\'}"', '${…}'],
    ['echo ${v ${{inputs.x}}', '${…}'],
    ["echo $'a\\'${{inputs.x}}'", "$'…'"],
    ["echo $'a", null],
    ['args=(--a ${{inputs.x}})', 'array'],
    ['cat <<END\n${{inputs.x}}\nEND', 'here-document'],
    ['cat <<END\nopen to the end ${{inputs.x}}', 'here-document'],
    ['cat <<E\r\na\nE\n${{inputs.x}}\nE\r\n', 'here-document'],
    ['cat <<"E N D"\n${{inputs.x}}\nE N D', 'here-document'],
    ['cat <<END\na\\\nEND\n${{inputs.x}}\nEND', 'here-document'],
    ['echo "$(cat <<END)" ${{inputs.x}}\nEND', 'here-document'],
    ['cat <<END "a\nb"${{inputs.x}}\nEND', 'here-document'],
    ['echo "$(case a in a) echo "b" ;; esac)" "${{inputs.x}}"', 'case'],
    ["echo $(echo a)#'b\n${{inputs.x}}'", "')#'"],
    ['echo "$\\\n(echo " ${{inputs.x}}")"', 'two lines'],
  ])('%s', (template, reason) => {
    if (reason === null) return expect(render(template, '1')).toBe(template);
    const error = thrownBy(() => render(template, '1'));
    expect(error).toMatchObject({ code: 'COMMAND_EXPRESSION_UNSAFE', status: 400 });
    expect(error.message).toContain(reason);
  });

  it('text without expressions is left alone, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom("'", '"', '$', '`', '(', ')', '\\', '\n', '<', '#', 'a'),
        }),
        (text) => {
          expect(render(text, 'v')).toBe(text);
        },
      ),
    );
  });

  it('no template makes the reader do anything but render or refuse with a code', () => {
    const piece = fc.constantFrom(
      '${{inputs.x}}',
      '${{',
      '}}',
      "'",
      '"',
      '$',
      '`',
      '(',
      ')',
      '\\',
      '\n',
      '<<',
      'E',
      '#',
      ' ',
      'case ',
      '{',
      '}',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        try {
          render(pieces.join(''), "'");
        } catch (error) {
          expect(error).toBeInstanceOf(AzureMlYamlError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('mistakes of the caller', () => {
  it.each([
    ['${{inputs.z}}', 'v', 'COMMAND_VALUE_MISSING', "input 'z' has no value; did you mean 'x'?"],
    ['${{outputs.x}}', 'v', 'COMMAND_VALUE_MISSING', "output 'x' has no value; did you mean 'y'?"],
    ['${{inputs.x}}', 'a\0b', 'COMMAND_VALUE_INVALID', 'remove NUL'],
    ['${{inputs.x}}', '\ud800', 'COMMAND_VALUE_INVALID', 'broken characters'],
    ['${{parent.inputs.x}}', 'v', 'EXPRESSION_NOT_ALLOWED', 'bind it'],
    ['${{inputs.x', 'v', 'EXPRESSION_SYNTAX_ERROR', "end it with '}}'"],
  ])('%s', (template, value, code, message) => {
    const error = thrownBy(() => render(template, value));
    expect(error).toMatchObject({ code, status: 400, name: 'AzureMlYamlError' });
    expect(error.message).toContain(message);
    expect(error.message).not.toContain('a\0b');
  });
});

function renderOrNull(template: string, x: string): string | null {
  try {
    return render(template, x);
  } catch {
    return null;
  }
}

function thrownBy(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
