// format('{0} of {1:yyyyMMdd}', …): placeholders in a text. A brace is written twice to be itself.
import type { Value } from '../value.ts';
import { kindOf } from '../value.ts';
import type { Call, FunctionDefinition } from './function-definition.ts';

export const formatFunction: FunctionDefinition = {
  name: 'format',
  minimum: 1,
  maximum: 255,
  expandsTo: 'result',
  call: format,
};

/** In order: plain text, a doubled brace, a placeholder with or without a date format, a brace. */
const pattern = /[^{}]+|\{\{|\}\}|\{(?<index>\d{1,3})(?::(?<specifiers>(?:[^}]|\}\})*))?\}|[{}]/gsu;

function format(call: Call): Value {
  const template = call.argument(0).toText();
  let text = '';
  for (const { 0: piece, groups } of template.matchAll(pattern)) {
    text += call.memory.addText(pieceText(call, piece, groups?.index, groups?.specifiers));
  }
  return text;
}

function pieceText(call: Call, piece: string, index?: string, specifiers?: string): string {
  if (index !== undefined) return argumentText(call, Number(index), specifiers);
  if (piece === '{{' || piece === '}}') return piece.slice(1);
  if (piece !== '{' && piece !== '}') return piece;
  return call.fail(
    `a "${piece}" stands alone in the text of format(); write "${piece}${piece}" for the brace ` +
      'itself, or {0} for the first argument',
  );
}

function argumentText(call: Call, index: number, specifiers: string | undefined): string {
  if (index > call.count - 2) {
    const known = call.count < 2 ? 'there are none' : `the last one is {${call.count - 2}}`;
    return call.fail(`format() has no argument {${index}}; ${known}`);
  }
  const operand = call.argument(index + 1);
  const text = operand.toText();
  return specifiers === undefined || specifiers === ''
    ? text
    : dateText(call, operand.value, specifiers.replaceAll('}}', '}'));
}

function dateText(call: Call, value: Value, specifiers: string): string {
  const isDate = typeof value === 'object' && value !== null && value.kind === 'dateTime';
  if (!isDate) {
    return call.fail(
      `format() cannot apply ":${specifiers}" to a value of kind ${kindOf(value)}; only times, ` +
        'such as pipeline.startTime, take a format',
    );
  }
  return (
    value.format(specifiers) ??
    call.fail(
      `"${specifiers}" is no time format; yyyy yy MM M dd d HH H mm m ss s f… zzz K are known, ` +
        'and any other character is written with a backslash before it',
    )
  );
}
