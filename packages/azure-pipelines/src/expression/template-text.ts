// Finds expressions in the texts of a file: `a${{ e }}b`, and values that are `$[ e ]` as a whole.
import { ExpressionMistake } from './expression-mistake.ts';

export type TemplatePart =
  | { readonly kind: 'literal'; readonly text: string; readonly offset: number }
  /** `text` is what stands between `${{` and `}}`; `offset` is where that begins. */
  | { readonly kind: 'expression'; readonly text: string; readonly offset: number };

const open = '${{';

/** In the order of the text, without empty literals. Throws when an expression is not closed. */
export function parseTemplateText(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let offset = 0;
  for (let start = text.indexOf(open); start !== -1; start = text.indexOf(open, offset)) {
    if (start > offset) parts.push(literal(text, offset, start));
    const inner = start + open.length;
    const end = endOfExpression(text, inner);
    parts.push({ kind: 'expression', text: text.slice(inner, end), offset: inner });
    offset = end + 2;
  }
  if (offset < text.length) parts.push(literal(text, offset, text.length));
  return parts;
}

export function hasTemplateExpression(text: string): boolean {
  return text.includes(open);
}

function literal(text: string, start: number, end: number): TemplatePart {
  return { kind: 'literal', text: text.slice(start, end), offset: start };
}

/** The `}}` that closes: one inside a quoted text does not. A doubled quote closes and opens. */
function endOfExpression(text: string, start: number): number {
  const first = text.indexOf('}}', start);
  const quote = text.indexOf("'", start);
  if (first !== -1 && (quote === -1 || quote > first)) return first;
  let isQuoted = false;
  for (let index = start; index < text.length; index += 1) {
    if (text[index] === "'") isQuoted = !isQuoted;
    else if (!isQuoted && text.startsWith('}}', index)) return index;
  }
  const why = isQuoted ? 'a text in it is not closed by a quote' : 'end it with "}}"';
  throw new ExpressionMistake(
    'EXPRESSION_NOT_CLOSED',
    start - 3,
    `the expression is not closed; ${why}`,
  );
}

/** The expression of a value that is `$[ e ]` from end to end; undefined for any other text. */
export function runtimeExpressionOf(
  text: string,
): { readonly text: string; readonly offset: number } | undefined {
  const match = /^(\s*\$\[)(.*)\]\s*$/su.exec(text);
  if (match === null) return undefined;
  const [, before = '', expression = ''] = match;
  return { text: expression, offset: before.length };
}
