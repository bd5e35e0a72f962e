// Reads the fields of one JSON object, each of the type that is asked for; null and a field that is
// not there are the same.
import { AutoMLError } from '../errors.ts';

interface Range {
  readonly least?: number;
  readonly most?: number;
}

export class FieldReader {
  readonly #place: string;
  readonly #fields: Readonly<Record<string, unknown>>;

  /** `place`: where the object stands, for messages; empty for the definition itself. */
  constructor(place: string, value: unknown) {
    this.#place = place;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalid(place || 'the definition', value, 'an object');
    }
    this.#fields = value as Readonly<Record<string, unknown>>;
  }

  text(key: string): string | null {
    const value = this.#value(key);
    if (value === null || (typeof value === 'string' && value !== '')) return value;
    throw invalid(this.#name(key), value, 'text');
  }

  required(key: string): string {
    return this.text(key) ?? refuse(this.#name(key));
  }

  number(key: string, { least = -Infinity, most = Infinity }: Range = {}): number | null {
    const value = this.#value(key);
    if (value === null) return null;
    if (typeof value === 'number' && value >= least && value <= most) return value;
    throw invalid(this.#name(key), value, `a number${rangeOf(least, most)}`);
  }

  numberOrAuto(key: string): number | 'auto' | null {
    return this.#value(key) === 'auto' ? 'auto' : this.number(key, { least: 1 });
  }

  /** One number is a list of one. */
  numbersOrAuto(key: string): readonly number[] | 'auto' | null {
    const value = this.#value(key);
    if (value === null || value === 'auto') return value;
    const items = Array.isArray(value) ? value : [value];
    if (items.every((item) => typeof item === 'number')) return items;
    throw invalid(this.#name(key), value, 'a list of numbers, or auto');
  }

  has(key: string): boolean {
    return this.#value(key) !== null;
  }

  boolean(key: string): boolean | null {
    const value = this.#value(key);
    if (value === null || typeof value === 'boolean') return value;
    throw invalid(this.#name(key), value, 'true or false');
  }

  oneOf<const Word extends string>(key: string, words: readonly Word[]): Word | null {
    const text = this.text(key);
    if (text === null) return null;
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    throw invalid(this.#name(key), text, `one of ${words.join(', ')}`);
  }

  texts(key: string): readonly string[] | null {
    const value = this.#value(key);
    if (value === null) return null;
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    throw invalid(this.#name(key), value, 'a list of texts');
  }

  textMap(key: string): ReadonlyMap<string, string> {
    const entries = Object.entries(this.#object(key));
    const wrong = entries.find(([, value]) => typeof value !== 'string');
    if (wrong === undefined) return new Map(entries as [string, string][]);
    throw invalid(`${this.#name(key)}.${wrong[0]}`, wrong[1], 'text');
  }

  keysOf(key: string): readonly string[] {
    return Object.keys(this.#object(key));
  }

  group(key: string): FieldReader {
    return new FieldReader(this.#name(key), this.#value(key) ?? {});
  }

  #object(key: string): object {
    const value = this.#value(key) ?? {};
    if (typeof value === 'object' && !Array.isArray(value)) return value;
    throw invalid(this.#name(key), value, 'an object');
  }

  #value(key: string): unknown {
    return (Object.hasOwn(this.#fields, key) ? this.#fields[key] : null) ?? null;
  }

  #name(key: string): string {
    return this.#place === '' ? key : `${this.#place}.${key}`;
  }
}

function refuse(name: string): never {
  throw new AutoMLError('DEFINITION_INVALID', `'${name}' of the step's definition is missing`);
}

function rangeOf(least: number, most: number): string {
  if (most < Infinity) return ` from ${least} to ${most}`;
  return least > -Infinity ? ` from ${least} on` : '';
}

function invalid(name: string, value: unknown, expected: string): AutoMLError {
  const shown = JSON.stringify(value)?.slice(0, 80) ?? 'nothing';
  const message = `'${name}' of the step's definition is ${shown}; it must be ${expected}`;
  return new AutoMLError('DEFINITION_INVALID', message);
}
