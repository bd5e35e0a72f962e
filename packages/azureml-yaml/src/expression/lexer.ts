// Cuts the text between `${{` and `}}` into names and dots. Positions are indices into the whole
// scalar, so that an error can be shown where it stands.

export type ExpressionToken =
  | { readonly kind: 'name'; readonly text: string; readonly at: number }
  | { readonly kind: 'dot'; readonly text: string; readonly at: number }
  | { readonly kind: 'other'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: ''; readonly at: number };

const pattern = /(?<space>[ \t\r\n]+)|(?<name>[A-Za-z_][A-Za-z0-9_]*)|(?<dot>\.)|(?<other>.)/suy;

/** Reads `text` from `start` to `end`. The last token is always `end`. */
export function lexExpression(text: string, start: number, end: number): ExpressionToken[] {
  const tokens: ExpressionToken[] = [];
  const expression = text.slice(start, end);
  pattern.lastIndex = 0;
  for (let match = pattern.exec(expression); match !== null; match = pattern.exec(expression)) {
    const at = start + match.index;
    const { name, dot, other } = match.groups ?? {};
    if (name !== undefined) tokens.push({ kind: 'name', text: name, at });
    else if (dot !== undefined) tokens.push({ kind: 'dot', text: dot, at });
    else if (other !== undefined) tokens.push({ kind: 'other', text: other, at });
  }
  tokens.push({ kind: 'end', text: '', at: end });
  return tokens;
}
