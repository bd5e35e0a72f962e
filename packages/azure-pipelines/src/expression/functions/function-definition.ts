// What a function of the language is, and what it sees when it is called.
import type { MemoryMeter } from '../memory-meter.ts';
import type { Operand } from '../operand.ts';
import type { Value } from '../value.ts';

export interface FunctionDefinition {
  /** As the documents spell it. */
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /**
   * What an expanded trace shows in the place of a call: its result, or the call with its
   * arguments expanded, as for `and(True, eq('a', 'b'))`.
   */
  readonly expandsTo: 'result' | 'call';
  call(call: Call): Value;
}

export interface Call {
  /** How many arguments were written. */
  readonly count: number;
  readonly memory: MemoryMeter;
  /** Evaluates an argument when it is asked for first: what is not asked for is never evaluated. */
  argument(index: number): Operand;
  /** Throws an ExpressionMistake that stands at the call. */
  fail(message: string): never;
}

export const unlimited = Number.POSITIVE_INFINITY;
