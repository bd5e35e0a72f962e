// A token in words, for messages.
import { shorten } from '../diagnostic/did-you-mean.ts';
import type { Token } from '../text/token.ts';

/** `secret`: name only the kind of the value, never the value. */
export function describe(token: Token, secret = false): string {
  if (token.kind === 'map') return 'a mapping';
  if (token.kind === 'list') return 'a list';
  if (token.value === null) return 'empty';
  const kind = typeof token.value === 'string' ? 'text' : typeof token.value;
  return secret ? `a ${kind}` : `the ${kind} '${shorten(token.text)}'`;
}
