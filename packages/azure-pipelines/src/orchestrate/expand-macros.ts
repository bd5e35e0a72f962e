// `$(x)` in the fields of a job that are settled at its start: pool, container, timeouts, names.
// In steps it is the executor's, which knows more variables.

import { expandVariables } from '../variable/expand-variables.ts';
import { ExpansionTooLong, expandMacros as expandWith } from '../variable/macro.ts';
import { UnknownValue } from './unknown-value.ts';
import type { VariableScope } from './variable-scope.ts';

/** Unknown names, those in a cycle and what would grow without end are left as they stand.
 * @throws UnknownValue, in a plan */
export function expandMacros(text: string, { entries }: VariableScope): string {
  if (!text.includes('$(')) return text;
  const { variables } = expandVariables(entries);
  const longestName = [...entries.keys()].reduce((most, key) => Math.max(most, key.length), 0);
  const find = (name: string): string | undefined => {
    const value = variables.get(name.toLowerCase())?.value;
    if (value !== undefined) refuseUnknown(value, entries.values());
    return value;
  };
  try {
    return expandWith(text, { find, longestName });
  } catch (error) {
    if (error instanceof ExpansionTooLong) return text;
    throw error;
  }
}

/** The text of a variable that is unknown is its expression, wherever it was put. */
function refuseUnknown(
  value: string,
  variables: Iterable<{ readonly value: string; readonly unknown?: string }>,
): void {
  for (const variable of variables) {
    if (variable.unknown !== undefined && value.includes(variable.value)) {
      throw new UnknownValue(variable.unknown);
    }
  }
}

export function hasMacro(text: string): boolean {
  return /\$\([^()]+\)/.test(text);
}
