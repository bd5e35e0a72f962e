// Prints a tree as YAML, block style, and tells of each line where it came from.

import type { Origin } from '../../text/origin.ts';
import type { Written, WrittenMapping } from './final-document.ts';

export interface PrintedYaml {
  readonly yaml: string;
  /** One for each line; undefined where no file has what the line says. */
  readonly sourceMap: readonly (Origin | undefined)[];
}

export function printYaml(root: WrittenMapping): PrintedYaml {
  const printer = new Printer();
  printer.mapping(root, 0);
  return { yaml: printer.text, sourceMap: printer.sourceMap };
}

class Printer {
  readonly #lines: string[] = [];
  readonly sourceMap: (Origin | undefined)[] = [];

  get text(): string {
    return `${this.#lines.join('\n')}\n`;
  }

  /** `lead`: what stands before the first key in place of its indent, such as `- `. */
  mapping({ entries, origin }: WrittenMapping, indent: number, lead = ' '.repeat(indent)): void {
    let start = lead;
    for (const [key, value] of entries) {
      this.#value(`${start}${formatScalar(key)}:`, value, indent, origin);
      start = ' '.repeat(indent);
    }
  }

  #value(start: string, value: Written, indent: number, around: Origin | undefined): void {
    if (value.kind === 'text') this.#scalar(start, value.text, indent, value.origin ?? around);
    else if (value.kind === 'list') this.#list(start, value.items, indent, around);
    else if (value.entries.length === 0) this.#line(`${start} {}`, value.origin ?? around);
    else {
      this.#line(start, value.origin ?? around);
      this.mapping(value.origin || !around ? value : { ...value, origin: around }, indent + 2);
    }
  }

  #list(
    start: string,
    items: readonly Written[],
    indent: number,
    around: Origin | undefined,
  ): void {
    this.#line(items.length === 0 ? `${start} []` : start, around);
    const lead = `${' '.repeat(indent)}- `;
    for (const item of items) {
      if (item.kind === 'mapping' && item.entries.length > 0) {
        this.mapping(item, indent + 2, lead);
      } else this.#value(lead.trimEnd(), item, indent, around);
    }
  }

  /** Each line of a block is told to come from where the text begins: a text that expressions made
   * has no lines in any file. */
  #scalar(start: string, text: string, indent: number, origin: Origin | undefined): void {
    const block = blockOf(text);
    if (block === undefined) {
      this.#line(`${start} ${formatScalar(text)}`, origin);
      return;
    }
    this.#line(`${start} ${block.header}`, origin);
    for (const line of block.lines) {
      this.#line(line === '' ? '' : `${' '.repeat(indent + 2)}${line}`, origin);
    }
  }

  #line(line: string, origin: Origin | undefined): void {
    this.#lines.push(line);
    this.sourceMap.push(origin);
  }
}

interface Block {
  readonly header: string;
  readonly lines: readonly string[];
}

/** What a block can hold: no control characters, no line ends but `\n`, no half of a pair. */
const blockText =
  /^[\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Texts of several lines, where a block gives them back letter for letter. */
function blockOf(text: string): Block | undefined {
  const body = text.replace(/\n+$/, '');
  if (!text.includes('\n') || !blockText.test(text)) return undefined;
  // Blanks alone on the first or the last line would be taken for the indent, or for no line.
  if (/^[ \t]*(\n|$)|\n[ \t]+$/.test(body)) return undefined;
  const ends = text.length - body.length;
  // The indent would be read from the first line, so that one with a space in front tells it.
  const indent = text.startsWith(' ') ? '2' : '';
  const header = `|${indent}${ends === 0 ? '-' : ends === 1 ? '' : '+'}`;
  const blanks = Array.from({ length: Math.max(0, ends - 1) }, () => '');
  return { header, lines: [...body.split('\n'), ...blanks] };
}

/** Plain where nothing could take it for anything else, else in quotes. */
export function formatScalar(text: string): string {
  const isPlain =
    /^[A-Za-z0-9_$./\\(+-][\x21-\x7e ]*$/.test(text) &&
    !/: | #|[: ]$|^-( |$)/.test(text) &&
    !/^(null|---.*|\.\.\..*)$/i.test(text) &&
    text.length < 500;
  if (isPlain) return text;
  if (/^[\x20-\x7e]+$/.test(text)) return `'${text.replaceAll("'", "''")}'`;
  return doubleQuoted(text);
}

function doubleQuoted(text: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(text).replace(/[\x7f-\xa0\u2028\u2029\ufeff]/g, escaped);
}
