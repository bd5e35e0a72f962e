// The options that the commands for people, programs and tokens share.
import type { Role } from '@ridgeline/client';
import { InvalidArgumentError, Option } from 'commander';
import { CliError } from '../errors.ts';

const roles = ['Reader', 'Contributor', 'Owner'] as const satisfies readonly Role[];

export function roleOption(description: string): Option {
  return new Option('--role <role>', description).choices(roles);
}

const unitsMs = { h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** `90d` → that time from now, as the API takes it. @throws CliError USAGE */
export function expiryOf(time: string | undefined): { readonly expiresAt?: string } {
  if (time === undefined) return {};
  const [, count = '', unit = ''] = /^([1-9]\d{0,4})([hdw])$/.exec(time) ?? [];
  if (unit !== 'h' && unit !== 'd' && unit !== 'w') {
    throw new CliError('USAGE', `'${time}' is no time such as 12h, 90d or 4w`);
  }
  return { expiresAt: new Date(Date.now() + Number(count) * unitsMs[unit]).toISOString() };
}

/** `something=Contributor`, for commander's `.option(flag, text, collectRole, {})`. */
export function collectRole(
  pair: string,
  earlier: Readonly<Record<string, Role>>,
): Record<string, Role> {
  const equals = pair.lastIndexOf('=');
  const role = roles.find((known) => known === pair.slice(equals + 1));
  if (equals < 1 || role === undefined) {
    throw new InvalidArgumentError(
      `expected WHAT=ROLE with one of ${roles.join(', ')}, and not '${pair}'`,
    );
  }
  return { ...earlier, [pair.slice(0, equals)]: role };
}
