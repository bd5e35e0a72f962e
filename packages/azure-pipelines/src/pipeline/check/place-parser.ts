// Parses the expressions of one kind of place, and knows what those may use.

import type { Arity, KnownNames } from '../../expression/check-names.ts';
import type { Expression } from '../../expression/expression.ts';
import { ExpressionMistake } from '../../expression/expression-mistake.ts';
import { parseExpression } from '../../expression/parser.ts';

/** Those of stages and jobs can name what they look at; those of steps look at their job only. */
const any = { minimum: 0, maximum: Number.POSITIVE_INFINITY };
const none = { minimum: 0, maximum: 0 };
const status = {
  always: none,
  canceled: none,
  failed: any,
  succeeded: any,
  succeededOrFailed: any,
};
const stepStatus = { ...status, failed: none, succeeded: none, succeededOrFailed: none };

function known(names: readonly string[], functions: Readonly<Record<string, Arity>>): KnownNames {
  return { names: new Set(names), functions: new Map(Object.entries(functions)) };
}

const expressionPlaces = {
  stageCondition: known(['variables', 'pipeline', 'dependencies'], status),
  jobCondition: known(['variables', 'pipeline', 'dependencies', 'stageDependencies'], status),
  stepCondition: known(['variables'], stepStatus),
  field: known(['variables', 'dependencies', 'stageDependencies', 'pipeline', 'resources'], {
    counter: { minimum: 0, maximum: 2 },
  }),
} as const;

export type ExpressionPlace = keyof typeof expressionPlaces;

/** Steps of many jobs say the same, so each text is parsed once. */
export class PlaceParser {
  readonly #known: KnownNames;
  readonly #parsed = new Map<string, Expression | ExpressionMistake>();

  constructor(place: ExpressionPlace) {
    this.#known = expressionPlaces[place];
  }

  parse(source: string): Expression | ExpressionMistake {
    const parsed = this.#parsed.get(source) ?? this.#parse(source);
    this.#parsed.set(source, parsed);
    return parsed;
  }

  #parse(source: string): Expression | ExpressionMistake {
    try {
      return parseExpression(source, this.#known);
    } catch (mistake) {
      if (mistake instanceof ExpressionMistake) return mistake;
      throw mistake;
    }
  }
}
