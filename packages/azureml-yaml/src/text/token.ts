// What the first pass makes of a file: scalars, maps and lists that know where they stand.

interface Placed {
  /** Index into the file's text of the first character. */
  readonly offset: number;
  /** Index after the last character. */
  readonly end: number;
}

export interface ScalarToken extends Placed {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** A plain scalar as written, so `1.10` stays `1.10`; of others the value as text. */
  readonly text: string;
}

export interface MapEntry {
  readonly key: string;
  readonly keyOffset: number;
  readonly value: Token;
}

export interface MapToken extends Placed {
  readonly kind: 'map';
  /** In the order of the file. */
  readonly entries: ReadonlyMap<string, MapEntry>;
}

export interface ListToken extends Placed {
  readonly kind: 'list';
  readonly items: readonly Token[];
}

export type Token = ScalarToken | MapToken | ListToken;

/** Where in the file the markers of a scalar stand: from an index into its value to an offset.
 *
 * YAML folds, strips and unescapes, so indices of value and file differ. `marker` is a text that
 * stands in both (such as `${{`); the n-th of the value is the n-th of the file's text, unless
 * escapes hide one: then the answer is the scalar's start. */
export function markerOffsets(
  text: string,
  token: ScalarToken,
  marker: string,
): (index: number) => number {
  const inValue = indicesOf(token.text, marker);
  const inFile = indicesOf(text.slice(token.offset, token.end), marker);
  if (inValue.length !== inFile.length) return () => token.offset;
  const offsets = new Map(inValue.map((index, nth) => [index, token.offset + (inFile[nth] ?? 0)]));
  return (index) => offsets.get(index) ?? token.offset;
}

function indicesOf(text: string, marker: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(marker); at !== -1; at = text.indexOf(marker, at + 1)) found.push(at);
  return found;
}
