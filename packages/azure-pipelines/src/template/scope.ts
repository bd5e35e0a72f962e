// What the expressions of one place can see, and how nodes of that place are marked with the way
// through the templates.

import type { ObjectValue, Value } from '../expression/value.ts';
import type { Origin } from '../text/origin.ts';
import type { TemplateFile } from './template-file.ts';
import type { VariableScope } from './variable-scope.ts';

export interface Scope {
  /** Holds the texts that are being expanded. */
  readonly file: TemplateFile;
  readonly parameters: ObjectValue;
  readonly variables: VariableScope;
  /** Of `each`, by lower-cased name. */
  readonly locals: ReadonlyMap<string, Value>;
  /** Lower-cased, of everything that an expression can name. */
  readonly names: ReadonlySet<string>;
  /** Where the file was included. */
  readonly via: Origin | undefined;
  /** Templates around this one. */
  readonly depth: number;
  /** Set for what an expression gave: `${{` in its texts is no expression. */
  readonly isFinal: boolean;
}

export const contextNames: ReadonlySet<string> = new Set(['parameters', 'variables']);

/** Of a loop. All turns share the set of names: expressions are checked against it once. */
export function withName(scope: Scope, name: string): Scope {
  return { ...scope, names: new Set([...scope.names, name.toLowerCase()]) };
}

/** Of one turn of a loop. */
export function withLocal(scope: Scope, name: string, value: Value): Scope {
  return { ...scope, locals: new Map(scope.locals).set(name.toLowerCase(), value) };
}

export function withVariables(scope: Scope, variables: VariableScope): Scope {
  return scope.variables === variables ? scope : { ...scope, variables };
}

export function asFinal(scope: Scope): Scope {
  return scope.isFinal ? scope : { ...scope, isFinal: true };
}

export function originIn(scope: Scope, origin: Origin): Origin {
  // What an expression gave keeps the way by which it came.
  if (scope.via === undefined || scope.isFinal) return origin;
  const { file, line, column } = origin;
  return { file, line, column, via: scope.via };
}

/** The value of a context or loop variable. */
export function valueOfName(scope: Scope, name: string): Value | undefined {
  const key = name.toLowerCase();
  const local = scope.locals.get(key);
  if (local !== undefined) return local;
  if (key === 'variables') return scope.variables.value;
  return key === 'parameters' ? scope.parameters : undefined;
}
