// Says in a sentence what is wrong with a request that does not fit its schema.
import type { TLocalizedValidationError } from 'typebox/error';

/**
 * The first wrong place, and what it should be. Text that was sent is not repeated: it may be a
 * secret in the wrong place.
 * @param part such as 'the body', for what is wrong as a whole.
 */
export function describeMismatch(
  errors: readonly TLocalizedValidationError[],
  value: unknown,
  part: string,
): string {
  const [first] = errors;
  if (first === undefined) return `${part} is not valid`;
  const keys = toKeys(first.instancePath);
  if (first.keyword === 'required') {
    const [missing = ''] = first.params.requiredProperties;
    return `Missing value for required parameter '${placeOf([...keys, missing])}'`;
  }
  const place = keys.length === 0 ? part : `parameter '${placeOf(keys)}'`;
  // The schema of a property that is not known is `false`.
  if (first.keyword === 'boolean') return `${place} is not known here`;
  const expected = errors.filter(
    ({ instancePath, keyword }) => instancePath === first.instancePath && keyword !== 'anyOf',
  );
  const wishes = [...new Set(expected.map(wishOf))].join(' or ');
  return `${place} ${wishes}; got ${kindOf(valueAt(value, keys))}`;
}

function wishOf(error: TLocalizedValidationError): string {
  if (error.keyword !== 'enum') return error.message;
  return `must be one of ${error.params.allowedValues.join(', ')}`;
}

/** The keys of a JSON pointer. */
function toKeys(pointer: string): readonly string[] {
  const keys = pointer.split('/').slice(1);
  return keys.map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `['metrics', '0', 'value']` → `metrics[0].value` */
function placeOf(keys: readonly string[]): string {
  return keys.reduce((place, key) => {
    if (/^\d+$/.test(key)) return `${place}[${key}]`;
    return place === '' ? key : `${place}.${key}`;
  }, '');
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (inner as Readonly<Record<string, unknown>> | null | undefined)?.[key],
    value,
  );
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text';
  return String(value);
}
