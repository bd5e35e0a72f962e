// Finds the expressions of a text. Knows where they stand, not what they may refer to.
import { type ParsedExpression, parseExpression } from './parser.ts';

export const expressionStart = '${{';
const expressionEnd = '}}';

/** One `${{ … }}`. `start`: index of its `$`; `end`: index after its last `}`. */
export type TemplateExpression = ParsedExpression & {
  readonly start: number;
  readonly end: number;
};

/** In the order of the text. An expression that is not closed reaches to the end of the text. */
export function expressionsIn(text: string): TemplateExpression[] {
  const expressions: TemplateExpression[] = [];
  let start = text.indexOf(expressionStart);
  while (start !== -1) {
    const expression = expressionAt(text, start);
    expressions.push(expression);
    start = text.indexOf(expressionStart, expression.end);
  }
  return expressions;
}

function expressionAt(text: string, start: number): TemplateExpression {
  const inner = start + expressionStart.length;
  const close = text.indexOf(expressionEnd, inner);
  if (close !== -1) {
    return { start, end: close + expressionEnd.length, ...parseExpression(text, inner, close) };
  }
  const message = "the expression is not closed; end it with '}}'";
  const problem = { code: 'EXPRESSION_SYNTAX_ERROR', at: start, message } as const;
  return { start, end: text.length, reference: null, problem };
}

/** The expression that is the whole of `text`, spaces around it aside; else null. */
export function wholeExpression(text: string): TemplateExpression | null {
  const [first] = expressionsIn(text);
  if (first === undefined) return null;
  const around = text.slice(0, first.start) + text.slice(first.end);
  return around.trim() === '' ? first : null;
}
