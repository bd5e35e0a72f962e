// Reads a file of secrets: lines `NAME=value`, as dotenv files have them. A value may stand in
// quotes; in double ones `\n`, `\t`, `\"` and `\\` are escapes and the value may go over lines.
import { LocalRunError } from './local-run-error.ts';

// One place a group: name, value in double quotes, in single ones, or plain to the line's end.
const assignment =
  /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*=[ \t]*(?:"((?:[^"\\]|\\[\s\S])*)"[ \t]*(?:#.*)?|'([^']*)'[ \t]*(?:#.*)?|(.*))$/;

/** @throws LocalRunError SETTINGS_INVALID, which names the line and never the value */
export function parseDotenv(text: string, file: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let index = 0; index < lines.length; index++) {
    const first = index;
    let line = lines[index] ?? '';
    if (/^[ \t]*(#|$)/.test(line)) continue;
    while (opensQuote(line) && index + 1 < lines.length) line += `\n${lines[++index]}`;
    const [name, value] = readAssignment(line, `${file}:${first + 1}`);
    values.set(name, value);
  }
  return values;
}

/** Whether the value begins with a quote that the line does not end. */
function opensQuote(line: string): boolean {
  const value = line.slice(line.indexOf('=') + 1).trimStart();
  if (value.startsWith('"')) return !/^"(?:[^"\\]|\\[\s\S])*"/.test(value);
  return value.startsWith("'") && !value.slice(1).includes("'");
}

function readAssignment(line: string, place: string): readonly [string, string] {
  const match = assignment.exec(line);
  const [, name, double, single, plain] = match ?? [];
  if (name === undefined || startsQuote(plain))
    throw new LocalRunError(
      'SETTINGS_INVALID',
      `${place}: expected NAME=value, e.g. PASSWORD='s3cret', with the quotes closed`,
    );
  if (double !== undefined) return [name, unescaped(double)];
  return [name, single ?? (plain ?? '').replace(/[ \t]+#.*$/, '').trim()];
}

function startsQuote(plain: string | undefined): boolean {
  return plain !== undefined && /^["']/.test(plain);
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

function unescaped(text: string): string {
  return text.replaceAll(/\\([\s\S])/g, (_, character: string) => escapes[character] ?? character);
}
