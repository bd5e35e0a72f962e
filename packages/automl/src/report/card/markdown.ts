// Markdown as text: tables and escaped words. Names of columns and classes may be any text.
import { shortened } from '../svg/element.ts';

/** Safe inside a line: no name can become markup, a link, or a new line. */
export function inline(text: string, length = 80): string {
  return shortened(
    text.toWellFormed().replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' '),
    length,
  ).replaceAll(/[\\`*_{}[\]<>()#+!|~&$@]/g, (character) =>
    character === '<' ? '&lt;' : `\\${character}`,
  );
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function bullets(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

export function code(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}
