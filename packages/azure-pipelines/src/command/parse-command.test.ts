import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeData, escapeProperty, unescapeText } from './escape.ts';
import { parseCommandLine } from './parse-command.ts';

function parsed(line: string) {
  const result = parseCommandLine(line);
  if (result.kind !== 'command') throw new Error(`no command: ${JSON.stringify(result)}`);
  const { properties, ...rest } = result.command;
  return { ...rest, properties: Object.fromEntries(properties) };
}

describe('a command', () => {
  it('is found anywhere in a line', () => {
    expect(parsed('12:00 ##vso[Task.SetVariable Variable=x;IsOutput=true]a]b ')).toEqual({
      area: 'task',
      event: 'setvariable',
      properties: { variable: 'x', isoutput: 'true' },
      message: 'a]b ',
    });
  });

  it('has its escapes undone in values and message', () => {
    const { properties, message } = parsed('##vso[a.b k=1%3B2%5D3%0A]4%AZP253B%0D');
    expect(properties).toEqual({ k: '1;2]3\n' });
    expect(message).toBe('4%3B\r');
  });

  it('may have values with = in them, and properties that say nothing', () => {
    expect(parsed('##vso[a.b k=1=2;;alone;l=]').properties).toEqual({ k: '1=2', l: '' });
  });

  it.each(['##vso[task.setvariable variable=x', '##vso[]x', '##vso[task]x', '##vso[a.b.c]x'])(
    'is none in %s, which looks like one',
    (line) => {
      expect(parseCommandLine(line).kind).toBe('malformed');
    },
  );

  it.each(['', '##[vso a.b]', '#vso[a.b]', '##VSO[a.b]x'])('is none in %s', (line) => {
    expect(parseCommandLine(line)).toEqual({ kind: 'none' });
  });

  it('comes back as it was written, whatever it carries', () => {
    const text = fc.string({
      unit: fc.constantFrom('%', ';', ']', '\r', '\n', 'A', 'Z', 'P', '2', '5', '3', 'B', '='),
    });
    fc.assert(
      fc.property(text, text, (value, message) => {
        const line = `##vso[a.b k=${escapeProperty(value)}]${escapeData(message)}`;
        expect(line).not.toMatch(/[\r\n]/);
        expect(parsed(line)).toMatchObject({ properties: { k: value }, message });
      }),
    );
  });

  it('is read or refused in any text, without a throw', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        expect(['none', 'command', 'malformed']).toContain(
          parseCommandLine(`${before}##vso[${after}`).kind,
        );
      }),
    );
  });

  it('unescapes what it escapes', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unescapeText(escapeData(text))).toBe(text);
        expect(unescapeText(escapeProperty(text))).toBe(text);
      }),
    );
  });
});
