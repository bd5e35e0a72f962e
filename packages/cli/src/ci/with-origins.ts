// The final YAML with a comment behind each line that says where it comes from. Lines inside of a
// block of text get none: there it would be text.
import type { Origin } from '@ridgeline/azure-pipelines';

/** Further right than this no comment is moved: one long line would push all away. */
const maxColumn = 60;

export function withOrigins(yaml: string, sourceMap: ReadonlyArray<Origin | undefined>): string {
  const lines = yaml.split('\n');
  const isText = textLines(lines);
  const width = Math.min(maxColumn, Math.max(0, ...lines.map(({ length }) => length)));
  return lines
    .map((line, index) => (isText[index] ? line : withOrigin(line, sourceMap[index], width)))
    .join('\n');
}

function withOrigin(line: string, origin: Origin | undefined, width: number): string {
  if (origin === undefined || line.trim() === '') return line;
  return `${line.padEnd(width)}  # ${origin.file}:${origin.line}${way(origin.via)}`;
}

/** The nearest of the templates: all of them would be no line any more. */
function way(via: Origin | undefined): string {
  if (via === undefined) return '';
  const more = via.via === undefined ? '' : ' …';
  return ` (from ${via.file}:${via.line}${more})`;
}

/** Which lines belong to a block of text: those below a `|` or `>` that stand further in. */
function textLines(lines: readonly string[]): readonly boolean[] {
  let column = -1;
  return lines.map((line) => {
    const indent = line.search(/\S/);
    if (column >= 0 && (indent < 0 || indent > column)) return true;
    const opens =
      /^(?<before>\s*(?:- )*)(?:(?:[^\s#'"].*|"[^"]*"|'[^']*'):\s+)?[|>][+-]?\d?[+-]?$/.exec(line);
    column = opens === null ? -1 : columnOf(line, opens.groups?.before ?? '');
    return false;
  });
}

/** Of the key whose value it is, or of the dash where the text is an item itself. */
function columnOf(line: string, before: string): number {
  const isItem = /^[|>]/.test(line.slice(before.length));
  return isItem ? Math.max(0, before.length - 2) : before.length;
}
