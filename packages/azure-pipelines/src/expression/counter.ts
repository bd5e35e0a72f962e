// counter(prefix, seed): a number that grows with each run of a pipeline. The store between runs is
// the caller's; this is one run's view of it.
import { castToNumber, castToText } from './casts.ts';
import { Decimal } from './decimal.ts';
import type { ContextFunction } from './evaluation-context.ts';
import { ExpressionMistake } from './expression-mistake.ts';

const largest = 2_147_483_647;

/** Where the numbers come from: RunCounters, or what a host has. */
export interface CounterSource {
  take(prefix: string, seed: number): number;
}

export class RunCounters implements CounterSource {
  readonly #last: ReadonlyMap<string, number>;
  readonly #taken = new Map<string, number>();

  /** `last`: the newest number of each prefix that earlier runs of this pipeline took. */
  constructor(last: Iterable<readonly [string, number]> = []) {
    this.#last = new Map(Array.from(last, ([prefix, value]) => [prefix.toLowerCase(), value]));
  }

  /** The same number for a prefix throughout the run, whatever the case of its letters. */
  take(prefix: string, seed: number): number {
    const key = prefix.toLowerCase();
    const last = this.#last.get(key);
    const value = this.#taken.get(key) ?? (last === undefined ? seed : last + 1);
    this.#taken.set(key, value);
    return value;
  }

  /** What this run took, to be kept for the next one. */
  get taken(): ReadonlyMap<string, number> {
    return this.#taken;
  }
}

export function counterFunction(counters: Pick<RunCounters, 'take'>): ContextFunction {
  return {
    minimum: 0,
    maximum: 2,
    call: ([prefix = '', seed = null]) => {
      const start = Math.round(castToNumber(seed)?.toNumber() ?? Number.NaN);
      const text = castToText(prefix);
      if (text === undefined || !(Math.abs(start) <= largest)) throw wrongArguments();
      return Decimal.fromNumber(counters.take(text, start)) ?? null;
    },
  };
}

function wrongArguments(): ExpressionMistake {
  const message = "counter() takes a text and a whole number, as in counter('nightly', 100)";
  return new ExpressionMistake('EXPRESSION_FAILED', 0, message);
}
