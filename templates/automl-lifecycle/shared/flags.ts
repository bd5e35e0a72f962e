// Reads a step's command line: `--name value`, every flag required.

import { parseArgs } from 'node:util';
import { ProjectError } from './project-error.ts';

/** The values of exactly these flags. @throws ProjectError FLAG_MISSING; ERR_PARSE_ARGS_… */
export function readFlags<const Name extends string>(
  names: readonly Name[],
  args: readonly string[] = process.argv.slice(2),
): Readonly<Record<Name, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  const { values } = parseArgs({ args: [...args], options, strict: true });
  const flags = names.map((name) => [name, requireValue(name, values[name])] as const);
  return Object.fromEntries(flags) as Record<Name, string>;
}

function requireValue(name: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new ProjectError('FLAG_MISSING', `--${name} is missing; pass --${name} VALUE`);
}
