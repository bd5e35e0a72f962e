// `-name value -other "a value"` as ARM tasks write parameters, into `name=value` of the CLI.

import { splitArguments } from '../split-arguments.ts';
import { TaskFailure } from '../task-outcome.ts';

export function parseOverrides(text: string): readonly string[] {
  const overrides: { readonly name: string; readonly values: string[] }[] = [];
  for (const word of splitArguments(text.replace(/\r?\n/g, ' '))) {
    const name = /^-([A-Za-z_]\w*)$/.exec(word)?.[1];
    const last = overrides.at(-1);
    if (name !== undefined) overrides.push({ name, values: [] });
    else if (last !== undefined) last.values.push(word);
    else
      throw new TaskFailure(`'overrideParameters' begins with '${word}'; expected '-name value'`);
  }
  return overrides.map(({ name, values }) => `${name}=${values.join(' ')}`);
}
