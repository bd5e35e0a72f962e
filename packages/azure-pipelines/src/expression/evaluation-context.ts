// What an expression can see where it is evaluated.
import type { TraceSink } from './trace.ts';
import type { Value } from './value.ts';

export interface EvaluationContext {
  /** The names that `valueOf` knows, for messages and checks. */
  readonly names: ReadonlySet<string>;
  /** A context by its name, which may be written in any case; undefined when there is none. */
  valueOf(name: string): Value | undefined;
  /** By lower-cased name; besides the generic ones. */
  readonly functions: ReadonlyMap<string, ContextFunction>;
  readonly trace?: TraceSink;
  /** Told of the bytes that the evaluation makes, as it makes them. */
  readonly onMemory?: (bytes: number) => void;
}

/** A function that only some places have, such as succeeded() or counter(). */
export interface ContextFunction {
  readonly minimum: number;
  readonly maximum: number;
  /** May throw an ExpressionMistake; its offset is replaced by that of the call. */
  call(values: readonly Value[]): Value;
}

/** A context may be a function: it is asked once, when an expression first names it. */
export type ContextValues = Readonly<Record<string, Value | (() => Value)>>;

export function evaluationContext(
  values: ContextValues,
  functions: Readonly<Record<string, ContextFunction>> = {},
  trace?: TraceSink,
): EvaluationContext {
  const names = new Set(Object.keys(values));
  const sources = new Map(Object.entries(values).map(([name, at]) => [name.toLowerCase(), at]));
  const byName = Object.entries(functions).map(([name, at]) => [name.toLowerCase(), at] as const);
  const lookUp = (name: string): Value | undefined => {
    const source = sources.get(name.toLowerCase());
    if (typeof source !== 'function') return source;
    const value = source();
    sources.set(name.toLowerCase(), value);
    return value;
  };
  const context = { names, valueOf: lookUp, functions: new Map(byName) };
  return trace === undefined ? context : { ...context, trace };
}
