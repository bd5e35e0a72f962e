// The rules for names that users choose. They are Azure ML's; where it has none, names are kept
// to what is safe as a folder name and in an expression.
import type { NameRule } from './schema-types.ts';

interface Rule {
  readonly pattern: RegExp;
  readonly text: string;
}

const rules: Readonly<Record<NameRule, Rule>> = {
  identifier: {
    pattern: /^[A-Za-z_][A-Za-z0-9_]{0,254}$/,
    text: 'letters, digits and underscores, not beginning with a digit, at most 255',
  },
  jobName: {
    pattern: /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/,
    text: 'letters, digits, dashes and underscores, beginning with a letter or digit, at most 255',
  },
  endpointName: {
    pattern: /^[A-Za-z][A-Za-z0-9-]{1,30}[A-Za-z0-9]$/,
    text: '3 to 32 letters, digits and dashes, beginning with a letter, not ending with a dash',
  },
  environmentVariable: {
    pattern: /^[A-Za-z_][A-Za-z0-9_]{0,254}$/,
    text: 'letters, digits and underscores, not beginning with a digit',
  },
  any: { pattern: /^[^\0]+$/, text: 'at least one character' },
};

/** Null when `name` keeps the rule, else the rule in words. */
export function brokenRule(name: string, rule: NameRule): string | null {
  const { pattern, text } = rules[rule];
  return pattern.test(name) ? null : text;
}
