// What names may look like, and a made-up name's way into the rule.

import type { NameRule } from './schema-types.ts';

export const maxNameLength = 100;

/** What the name should have been; undefined when it is well formed. */
export function brokenRule(name: string, rule: NameRule): string | undefined {
  const { pattern, words } = rules[rule];
  if (!pattern.test(name)) return words;
  return rule !== 'any' && rule !== 'variable' && name.length > maxNameLength
    ? `has at most ${maxNameLength} characters`
    : undefined;
}

/** The documentation allows aliases no dot, and matrix legs nothing but identifiers; files that
 * have run for years have both, so that refusing them would be the greater mistake. */
const rules: Readonly<Record<NameRule, { readonly pattern: RegExp; readonly words: string }>> = {
  identifier: {
    pattern: /^[A-Za-z_][A-Za-z0-9_]*$/,
    words: 'has letters (A to Z), digits and "_", and no digit first',
  },
  alias: {
    pattern: /^[-_.A-Za-z0-9]+$/,
    words: 'has letters (A to Z), digits, "_", "-" and "."',
  },
  leg: {
    pattern: /^(?!\.+$)[-_. A-Za-z0-9]+$/,
    words: 'has letters (A to Z), digits, "_", "-", "." and spaces',
  },
  variable: { pattern: /^(?=.*\S)[^\r\n\0]+$/, words: 'is on one line, and not empty' },
  any: { pattern: /^/, words: '' },
};

/** Variables that begin so would pass for the agent's own inputs and credentials, and tasks are not
 * given them. */
const reservedPrefixes = ['endpoint', 'input', 'secret', 'path', 'securefile'];

/** What the name begins with, where that is reserved: `secret` of `secretKey`. */
export function reservedPrefixOf(name: string): string | undefined {
  const lower = name.toLowerCase();
  return reservedPrefixes.find((prefix) => lower.startsWith(prefix));
}

/** `ms.vss-tasks.Terraform CLI` becomes `Terraform_CLI`. */
export function sanitizeName(name: string): string {
  const last = name.slice(name.lastIndexOf('.') + 1);
  const word = last.replace(/[^A-Za-z0-9_]/g, '_');
  return /^[A-Za-z_]/.test(word)
    ? word.slice(0, maxNameLength - 6)
    : `_${word}`.slice(0, maxNameLength - 6);
}
