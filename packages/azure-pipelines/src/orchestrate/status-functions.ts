// succeeded(), failed() and the others as stages and jobs have them: over what comes before them in
// the graph. Steps have their own, over the job's status.

import { isSuccess, type Result } from './result.ts';
import { UnknownValue } from './unknown-value.ts';

/** Results of everything that a node depends on, directly or through others, by id in lower case.
 * What a person has left out counts as succeeded. Null only in a plan: success, or not run. */
export interface Ancestors {
  readonly results: ReadonlyMap<string, Result | null>;
  readonly isCanceling: boolean;
}

export const statusNames = [
  'always',
  'canceled',
  'failed',
  'succeeded',
  'succeededOrFailed',
] as const;
export type StatusName = (typeof statusNames)[number];

/** Names restrict it to these; a name that is no ancestor makes it false. The service's source
 * looks them up among the dependencies; whether in the direct ones only is not known, and a wider
 * reading refuses less. */
export function evaluateStatus(
  name: StatusName,
  names: readonly string[],
  { results, isCanceling }: Ancestors,
): boolean {
  if (name === 'always') return true;
  if (name === 'canceled' || isCanceling) return name === 'canceled' && isCanceling;
  const chosen = names.length === 0 ? [...results.values()] : choose(names, results);
  return chosen !== undefined && decide(name, chosen);
}

function choose(
  names: readonly string[],
  results: ReadonlyMap<string, Result | null>,
): readonly (Result | null)[] | undefined {
  const chosen = names.map((name) => results.get(name.toLowerCase()));
  const known = chosen.filter((result) => result !== undefined);
  return known.length === chosen.length ? known : undefined;
}

function decide(name: OverResults, results: readonly (Result | null)[]): boolean {
  const [atBest, atWorst] = (['succeeded', 'skipped'] as const).map((guess) =>
    holds(
      name,
      results.map((result) => result ?? guess),
    ),
  );
  if (atBest !== atWorst) throw new UnknownValue(`${name}()`);
  return atBest === true;
}

type OverResults = Exclude<StatusName, 'always' | 'canceled'>;

function holds(name: OverResults, results: readonly Result[]): boolean {
  const allSucceeded = results.every(isSuccess);
  const anyFailed = results.includes('failed');
  if (name === 'succeeded') return allSucceeded;
  return name === 'failed' ? anyFailed : anyFailed || allSucceeded;
}
