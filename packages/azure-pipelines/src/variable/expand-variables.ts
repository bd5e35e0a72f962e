// Variables whose values name other variables: all of them expanded among each other, as it is
// done before every step.

import { expandMacros, type MacroSource } from './macro.ts';

export interface Expandable {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
}

export interface ExpandedVariables<T> {
  /** By lower-case name. A secret that a value took in has made it a secret too. */
  readonly variables: ReadonlyMap<string, T>;
  /** One for each variable that could not be expanded and keeps its text. */
  readonly warnings: readonly string[];
}

/** So many variables may stand in one another. */
const maxDepth = 50;
/** Values that double at every level grow past any memory; no process takes one this long. */
const maxLength = 1024 * 1024;

/** `defined` is by lower-case name. */
export function expandVariables<T extends Expandable>(
  defined: ReadonlyMap<string, T>,
): ExpandedVariables<T> {
  const expander = new Expander(defined);
  const variables = new Map<string, T>();
  const warnings: string[] = [];
  for (const [key, variable] of defined) {
    const whole = expander.tryExpand(key);
    if ('problem' in whole) warnings.push(`Variable '${variable.name}' ${whole.problem}`);
    const known = 'problem' in whole || whole.value === variable.value;
    variables.set(key, known ? variable : { ...variable, ...pick(whole) });
  }
  return { variables, warnings };
}

interface Expansion {
  readonly value: string;
  readonly secret: boolean;
  /** How many variables deep it is: 1 for one without macros. */
  readonly depth: number;
}

function pick({ value, secret }: Expansion): Pick<Expansion, 'value' | 'secret'> {
  return { value, secret };
}

class Unexpandable extends Error {}

class Expander {
  readonly #defined: ReadonlyMap<string, Expandable>;
  readonly #longestName: number;
  // What is worked out once serves everyone who names it: no work doubles at every level.
  readonly #expanded = new Map<string, Expansion>();
  readonly #path: string[] = [];

  constructor(defined: ReadonlyMap<string, Expandable>) {
    this.#defined = defined;
    this.#longestName = [...defined.keys()].reduce((most, key) => Math.max(most, key.length), 0);
  }

  tryExpand(key: string): Expansion | { readonly problem: string } {
    this.#path.length = 0;
    try {
      return this.#expand(key, this.#defined.get(key) as Expandable);
    } catch (error) {
      return { problem: problemOf(error) };
    }
  }

  #expand(key: string, variable: Expandable): Expansion {
    const known = this.#expanded.get(key);
    if (known !== undefined) return known;
    if (this.#path.includes(key)) throw new Unexpandable('refers to itself');
    this.#path.push(key);
    const taken: Expansion[] = [];
    const value = expandMacros(variable.value, this.#source(taken), maxLength);
    this.#path.pop();
    const expansion = summed(value, variable, taken);
    this.#expanded.set(key, expansion);
    return expansion;
  }

  #source(taken: Expansion[]): MacroSource {
    return {
      longestName: this.#longestName,
      find: (name) => {
        const key = name.toLowerCase();
        const variable = this.#defined.get(key);
        if (variable === undefined) return undefined;
        if (this.#path.length === maxDepth) throw tooDeep();
        const expansion = this.#expand(key, variable);
        if (this.#path.length + expansion.depth > maxDepth) throw tooDeep();
        taken.push(expansion);
        return expansion.value;
      },
    };
  }
}

function summed(value: string, variable: Expandable, taken: readonly Expansion[]): Expansion {
  return {
    value,
    secret: variable.secret || taken.some((one) => one.secret),
    depth: taken.reduce((most, one) => Math.max(most, one.depth + 1), 1),
  };
}

function tooDeep(): Unexpandable {
  return new Unexpandable(`has more than ${maxDepth} variables inside one another`);
}

function problemOf(error: unknown): string {
  if (error instanceof Unexpandable) return `${error.message} and stays as it is written`;
  return 'grows too long and stays as it is written';
}
