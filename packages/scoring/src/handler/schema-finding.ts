// Words what a JSON Schema check found: "data/1/3 must be number, not string".
// Values are never quoted, only their kind: a body may hold what must not reach a log.

import type { ErrorObject } from 'ajv';

export function describeFinding(
  errors: readonly ErrorObject[],
  value: unknown,
  root: string,
): string {
  // A failed choice lists each branch's errors first; the choice itself says more.
  const error = errors.find(({ keyword }) => isChoice(keyword)) ?? errors[0];
  if (error === undefined) return `${root} does not fit the schema`;
  const place = error.instancePath === '' ? root : error.instancePath.slice(1);
  return `${place} ${error.message ?? 'does not fit the schema'}${detail(error, value)}`;
}

function isChoice(keyword: string): boolean {
  return keyword === 'anyOf' || keyword === 'oneOf';
}

function detail(error: ErrorObject, value: unknown): string {
  switch (error.keyword) {
    case 'type':
      return `, not ${kindOf(valueAt(value, error.instancePath))}`;
    case 'minItems':
    case 'maxItems':
      return `, not ${lengthOf(valueAt(value, error.instancePath))}`;
    case 'additionalProperties':
      return `: '${String(error.params.additionalProperty)}'`;
    case 'enum':
      return `: ${JSON.stringify(error.params.allowedValues)}`;
    default:
      return '';
  }
}

function valueAt(value: unknown, pointer: string): unknown {
  let place = value;
  for (const part of pointer.split('/').slice(1)) {
    if (typeof place !== 'object' || place === null) return undefined;
    place = Reflect.get(place, part.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return place;
}

function lengthOf(value: unknown): string {
  return Array.isArray(value) ? String(value.length) : kindOf(value);
}

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} (use Array.from)`;
  if (typeof value !== 'number') return typeof value;
  // JSON's 1e400 parses to Infinity, so the value is a number to its writer.
  if (!Number.isFinite(value)) return 'a number beyond the range of a double';
  return Number.isInteger(value) ? 'number' : 'a number with a fraction';
}
