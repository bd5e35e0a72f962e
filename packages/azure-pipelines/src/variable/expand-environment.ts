// The second look at macros, for inputs and env values: what no variable answers is tried against
// the environment that the agent itself runs in.

import { expandMacros } from './macro.ts';

/** `$(HOME)` becomes the value of HOME; letter case counts, as it does in the environment. */
export function expandEnvironment(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (!text.includes('$(')) return text;
  return expandMacros(text, {
    longestName: maxNameLength,
    find: (name) => (Object.hasOwn(environment, name) ? environment[name] : undefined),
  });
}

/** Far above any name in use; longer ones are left alone. */
const maxNameLength = 1024;
