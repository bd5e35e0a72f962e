// The legs that a run itself works out: JSON text of `{ leg: { variable: value } }`.

import { shorten } from '../diagnostic/did-you-mean.ts';
import type { Origin } from '../text/origin.ts';
import { Mistake } from './mistake.ts';
import { parseRelaxedJson } from './relaxed-json.ts';

export interface RuntimeLeg {
  readonly name: string;
  readonly variables: readonly [name: string, value: string][];
}

export const maxLegs = 256;
const legName = /^[A-Za-z_]\w{0,99}$/;

/** No legs for an empty text or object: the job then runs once, without a leg. */
export function readRuntimeMatrix(text: string, origin: Origin): readonly RuntimeLeg[] {
  if (text.trim() === '') return [];
  const matrix = parse(text, origin);
  if (!isObject(matrix)) throw notMatrix(text, origin);
  const legs = Object.entries(matrix).map(([name, leg]) => readLeg(name, leg, origin));
  const names = new Set(legs.map(({ name }) => name.toLowerCase()));
  if (names.size < legs.length) {
    throw new Mistake('two legs of the matrix have the same name, letter case aside', origin);
  }
  if (legs.length <= maxLegs) return legs;
  throw new Mistake(`the matrix has ${legs.length} legs; at most ${maxLegs} can run`, origin);
}

function parse(text: string, origin: Origin): unknown {
  try {
    return parseRelaxedJson(text);
  } catch {
    throw notMatrix(text, origin);
  }
}

function readLeg(name: string, leg: unknown, origin: Origin): RuntimeLeg {
  if (!legName.test(name)) {
    const rule = 'letters, digits and _, a letter or _ first, at most 100';
    throw new Mistake(`"${shorten(name)}" cannot name a matrix leg; expected ${rule}`, origin);
  }
  if (!isObject(leg)) {
    const expected = `expected an object of variables, as {"${name}": {"version": "3.12"}}`;
    throw new Mistake(`matrix leg "${name}" is no object; ${expected}`, origin);
  }
  const variables = Object.entries(leg).map(([key, value]): [string, string] => {
    return [key, textOfVariable(name, key, value, origin)];
  });
  return { name, variables };
}

/** Booleans as the language writes them. */
function textOfVariable(leg: string, name: string, value: unknown, origin: Origin): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  const found = Array.isArray(value) ? 'a list' : 'an object';
  throw new Mistake(
    `variable "${shorten(name)}" of matrix leg "${leg}" is ${found}; expected a text, number or boolean`,
    origin,
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function notMatrix(text: string, origin: Origin): Mistake {
  const expected = 'expected JSON as {"leg": {"variable": "value"}} on one line';
  return new Mistake(`"${shorten(text)}" is no matrix; ${expected}`, origin);
}
