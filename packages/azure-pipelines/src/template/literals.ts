// Places that are read before there is anything for an expression to name.

import type { DiagnosticSink } from '../diagnostic/diagnostic-sink.ts';
import { hasTemplateExpression } from '../expression/template-text.ts';
import type { Node } from '../text/node.ts';
import type { Origin } from '../text/origin.ts';

/** Without an expression in any key or value; the first one is reported. */
export function isLiteral(node: Node, sink: DiagnosticSink): boolean {
  if (node.kind === 'sequence') return node.items.every((item) => isLiteral(item, sink));
  if (node.kind === 'mapping') {
    return node.entries.every(
      ({ key, value }) => isLiteralText(key.text, key.origin, sink) && isLiteral(value, sink),
    );
  }
  return typeof node.value !== 'string' || isLiteralText(node.value, node.origin, sink);
}

function isLiteralText(text: string, origin: Origin, sink: DiagnosticSink): boolean {
  if (!hasTemplateExpression(text)) return true;
  const message =
    'No ${{ }} is evaluated here: this is read before parameters and variables. Write the value itself.';
  sink.report('EXPRESSION_NOT_ALLOWED', origin, message);
  return false;
}
