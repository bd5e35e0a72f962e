// Where keys and scalars end on a line of plain YAML.

/** With these a scalar without quotes can begin, whatever follows. */
export const firstOfPlain = /^[A-Za-z0-9_$./(=+^;]/;
/** A longer key has to be marked as one. */
const maxKeyLength = 1_000;

/** Index of the colon behind the key that begins at `start`; undefined where there is none. */
export function keyEndOf(text: string, start: number): number | undefined {
  if (!firstOfPlain.test(text.slice(start, start + 1))) return undefined;
  for (let at = text.indexOf(':', start); at !== -1; at = text.indexOf(':', at + 1)) {
    const isEnd = at + 1 === text.length || text[at + 1] === ' ';
    if (isEnd) return at - start > maxKeyLength || hasComment(text, start, at) ? undefined : at;
  }
  return undefined;
}

function hasComment(text: string, start: number, end: number): boolean {
  const comment = commentAt(text, start);
  return comment !== undefined && comment < end;
}

/** A `#` begins a comment only behind a space. */
export function commentAt(text: string, start: number): number | undefined {
  const at = text.indexOf(' #', start);
  return at === -1 ? undefined : at;
}

/** The text in quotes that begins at `start` and ends the line; undefined where it does not, or holds
 * a backslash that means something. */
export function unquoted(text: string, start: number): string | undefined {
  const rest = text.slice(start);
  const single = /^'(?<inner>(?:[^']|'')*)' *(?: #.*)?$/.exec(rest)?.groups?.inner;
  if (single !== undefined) return single.replaceAll("''", "'");
  return /^"(?<inner>[^"\\]*)" *(?: #.*)?$/.exec(rest)?.groups?.inner;
}
