// Whether a key or scalar is one expression from end to end, so that its value takes the place of
// the whole and not only of a part of a text.

import { ExpressionMistake } from '../expression/expression-mistake.ts';
import { parseTemplateText, type TemplatePart } from '../expression/template-text.ts';

export type ExpressionPart = Extract<TemplatePart, { kind: 'expression' }>;

/** Undefined too where the braces do not close: who expands the text reports that. */
export function wholeExpression(text: string): ExpressionPart | undefined {
  if (!text.startsWith('${{') || !text.endsWith('}}')) return undefined;
  try {
    const [first, ...rest] = parseTemplateText(text);
    return first?.kind === 'expression' && rest.length === 0 ? first : undefined;
  } catch (cause) {
    if (cause instanceof ExpressionMistake) return undefined;
    throw cause;
  }
}
