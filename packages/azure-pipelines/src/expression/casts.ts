// One kind of value as another, by the language's rules. Undefined where there is no such cast.
import { DateTimeValue } from './date-time.ts';
import { Decimal } from './decimal.ts';
import { ExpressionMistake } from './expression-mistake.ts';
import { kindOf, type Value } from './value.ts';
import { VersionValue } from './version-value.ts';

const zero = Decimal.fromNumber(0);
const one = Decimal.fromNumber(1);

export function castToNumber(value: Value): Decimal | undefined {
  if (value === null || value === '' || value === false) return zero;
  if (value === true) return one;
  if (typeof value === 'string') return Decimal.parse(value);
  return value.kind === 'number' ? value : undefined;
}

export function castToText(value: Value): string | undefined {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return value.kind === 'array' || value.kind === 'object' ? undefined : value.toString();
}

export function castToVersion(value: Value): VersionValue | undefined {
  if (typeof value === 'string') return VersionValue.parse(value);
  if (typeof value !== 'object' || value === null) return undefined;
  if (value.kind === 'version') return value;
  // A number with a fraction is a major and a minor part.
  return value.kind === 'number' ? VersionValue.parse(value.toString()) : undefined;
}

export function castToDateTime(value: Value): DateTimeValue | undefined {
  if (typeof value === 'string') return DateTimeValue.parse(value);
  if (typeof value !== 'object' || value === null) return undefined;
  return value.kind === 'dateTime' ? value : undefined;
}

export function isNullLike(value: Value): boolean {
  return value === null || value === '';
}

/** How a value reads inside a text. An array or object has no text: ExpressionMistake. */
export function textOf(value: Value, offset = 0): string {
  const text = castToText(value);
  if (text !== undefined) return text;
  throw new ExpressionMistake(
    'EXPRESSION_NOT_TEXT',
    offset,
    `${kindOf(value) === 'Array' ? 'an array' : 'an object'} cannot stand inside a text; ` +
      'take one of its values, or write convertToJson(…) or join(…)',
  );
}
