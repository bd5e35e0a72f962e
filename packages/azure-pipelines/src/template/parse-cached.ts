// The same expressions stand in many steps and in every turn of a loop: each is parsed once.

import type { Expression } from '../expression/expression.ts';
import { ExpressionMistake } from '../expression/expression-mistake.ts';
import { parseSyntax } from '../expression/parser.ts';

const cache = new Map<string, Expression | ExpressionMistake>();
const maxCached = 5_000;
/** Longer ones are rare, and would fill the memory. */
const maxCachedLength = 1_000;

/** Throws ExpressionMistake. */
export function parseCached(text: string): Expression {
  const parsed = cache.get(text) ?? remember(text, parse(text));
  if (parsed instanceof ExpressionMistake) throw parsed;
  return parsed;
}

function parse(text: string): Expression | ExpressionMistake {
  try {
    return parseSyntax(text);
  } catch (cause) {
    if (cause instanceof ExpressionMistake) return cause;
    throw cause;
  }
}

function remember<T extends Expression | ExpressionMistake>(text: string, parsed: T): T {
  if (text.length > maxCachedLength) return parsed;
  if (cache.size >= maxCached) cache.clear();
  cache.set(text, parsed);
  return parsed;
}
