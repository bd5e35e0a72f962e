// Diagnostics as people read them: place, what is wrong, the line itself with a mark below it, and
// the templates through which the place was reached.
import {
  type Diagnostic,
  formatPlace,
  inclusions,
  type Origin,
  type PreparedPipeline,
} from '@ridgeline/azure-pipelines';
import { style } from '../output/style.ts';

/** Longer lines are cut around the mark. */
const maxLineLength = 120;

export async function describeDiagnostics(
  diagnostics: readonly Diagnostic[],
  prepared: PreparedPipeline,
): Promise<readonly string[]> {
  const texts = new Map<string, readonly string[]>();
  for (const { origin } of diagnostics)
    if (!texts.has(origin.file)) texts.set(origin.file, await linesOf(origin.file, prepared));
  return diagnostics.map((each) => describeDiagnostic(each, texts.get(each.origin.file) ?? []));
}

/** `file` of an origin has `@alias` behind it where it is another repository's. */
async function linesOf(file: string, { source }: PreparedPipeline): Promise<readonly string[]> {
  const at = file.lastIndexOf('@');
  // What cannot be read is told by a diagnostic of its own, without its lines.
  const read = (repository: string, path: string) =>
    source.read(repository, path).catch(() => undefined);
  const own = await read('self', file);
  const text = own ?? (at < 0 ? '' : await read(file.slice(at + 1), file.slice(0, at)));
  return (text ?? '').split(/\r?\n/);
}

function describeDiagnostic(diagnostic: Diagnostic, lines: readonly string[]): string {
  const { severity, code, message, origin } = diagnostic;
  const colour = severity === 'error' ? style.red : style.yellow;
  const head = `${style.bold(formatPlace(origin))}: ${colour(`${severity} ${code}`)}: ${message}`;
  const ways = inclusions(origin).map((line) => style.dim(`      ${line}`));
  return [head, ...excerpt(origin, lines, colour), ...ways].join('\n');
}

function excerpt(
  { line, column }: Origin,
  lines: readonly string[],
  colour: (text: string) => string,
): readonly string[] {
  const whole = lines[line - 1];
  if (whole === undefined || whole.trim() === '') return [];
  const from = Math.max(0, column - 1 - maxLineLength / 2);
  const shown = visible(whole.slice(from, from + maxLineLength));
  const number = String(line).padStart(5);
  const before = ' '.repeat(Math.max(0, column - 1 - from));
  return [
    `${style.dim(`${number} |`)} ${shown}`,
    `${style.dim('      |')} ${before}${colour('^')}`,
  ];
}

/** A tab would move the mark, and what moves a terminal's cursor must not come out of a file. */
function visible(text: string): string {
  return text.replaceAll(controls, ' ').trimEnd();
}

const controls = /\p{Cc}/gu;

export function diagnosticsJson(file: string, diagnostics: readonly Diagnostic[]) {
  const isValid = diagnostics.every(({ severity }) => severity !== 'error');
  return { file, valid: isValid, diagnostics };
}
