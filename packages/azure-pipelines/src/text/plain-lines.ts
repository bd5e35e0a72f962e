// The lines of a file that could be plain YAML: cut, indented, blank or not.

export interface PlainLine {
  /** Spaces in front. */
  readonly indent: number;
  /** With its indent, without its end. */
  readonly text: string;
  /** Nothing but spaces, or a comment. */
  readonly isBlank: boolean;
}

/** Control characters, tabs among them, other ends of lines, and the mark of a byte order. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const unusual = /[\0-\t\v-\x1f\x7f-\x9f\u2028\u2029\ufeff]/;
/** Between documents. */
const marker = /^(?:---|\.\.\.|%)/m;

/** Undefined where something stands in the file that plain YAML does not have. */
export function plainLinesOf(text: string): PlainLine[] | undefined {
  if (unusual.test(text) || marker.test(text)) return undefined;
  return text.split('\n').map(toLine);
}

function toLine(text: string): PlainLine {
  let indent = 0;
  while (text.charCodeAt(indent) === 32) indent += 1;
  return { indent, text, isBlank: indent === text.length || text[indent] === '#' };
}
