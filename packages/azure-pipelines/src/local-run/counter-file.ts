// The counters of `counter(prefix, seed)`, for each pipeline, kept over all runs of a store.
import { readFileSync } from 'node:fs';
import { cannotUse, codeOf } from './disk-error.ts';
import { LocalRunError } from './local-run-error.ts';
import { writeWhole } from './write-whole.ts';

type Counters = Readonly<Record<string, Readonly<Record<string, number>>>>;

export interface CounterName {
  readonly file: string;
  readonly definition: string;
  readonly prefix: string;
}

/** The next value of a counter, which is `seed` the first time. */
export function nextCounter(name: CounterName, seed: number): number {
  const value = peekCounter(name, seed);
  const { file, definition, prefix } = name;
  const all = readCounters(file);
  const own = new Map(Object.entries(all[definition] ?? {})).set(prefix, value);
  const changed = { ...all, [definition]: Object.fromEntries(own) };
  writeWhole(file, `${JSON.stringify(changed, null, 2)}\n`);
  return value;
}

/** What the next value will be. */
export function peekCounter({ file, definition, prefix }: CounterName, seed: number): number {
  const last = new Map(Object.entries(readCounters(file)[definition] ?? {})).get(prefix);
  return last === undefined ? seed : last + 1;
}

function readCounters(file: string): Counters {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Counters;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return {};
    if (!(error instanceof SyntaxError)) throw cannotUse(file, error);
    const message = `${file} is damaged; delete it, and its counters begin with their seeds again`;
    throw new LocalRunError('RUN_DAMAGED', message, { cause: error });
  }
}
