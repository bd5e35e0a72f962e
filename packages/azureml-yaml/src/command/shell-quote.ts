// A value as the text that makes a POSIX shell see exactly that value.
import type { QuoteContext } from './shell-placement.ts';

/** In single quotes nothing is special but the single quote itself, so each context ends up in
 * one: `'v'` unquoted, `'…'\''…'` within single quotes, and out of and back into double quotes as
 * `"'v'"`, which also parts the value from a `$` or a variable's name before it. */
export function quoteForShell(value: string, context: Exclude<QuoteContext, 'comment'>): string {
  const inner = value.replaceAll("'", "'\\''");
  if (context === 'single') return inner;
  return context === 'double' ? `"'${inner}'"` : `'${inner}'`;
}
