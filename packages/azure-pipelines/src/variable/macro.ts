// `$(name)` in one text: a single pass from left to right that looks nothing up twice.

/** Where the values of macros come from. */
export interface MacroSource {
  /** The value of a name, or undefined for an unknown one. */
  find(name: string): string | undefined;
  /** Longer candidates are not looked up: a text full of `$(` costs no more for it. */
  readonly longestName: number;
}

/** A text may grow to so many characters by its macros. */
const maxExpandedLength = 16 * 1024 * 1024;

export class ExpansionTooLong extends Error {
  override readonly name = 'ExpansionTooLong';
  constructor(limit: number) {
    super(`The text grows to more than ${limit} characters by its macros; use shorter variables`);
  }
}

/** Replaces what is known; all else stays as it is, a shell's own `$(command)` above all. */
export function expandMacros(
  text: string,
  source: MacroSource,
  limit: number = maxExpandedLength,
): string {
  let expanded = '';
  let done = 0;
  for (const macro of macrosIn(text, source)) {
    expanded += text.slice(done, macro.start) + macro.value;
    if (expanded.length > limit) throw new ExpansionTooLong(limit);
    done = macro.end;
  }
  return done === 0 ? text : expanded + text.slice(done);
}

interface FoundMacro {
  readonly start: number;
  readonly end: number;
  readonly value: string;
}

/** The known macros of a text. The name of one ends at the first `)`, so that in `$(a$(b))` the
 * candidate `a$(b` fails and `$(b)` within it is found. */
function* macrosIn(text: string, source: MacroSource): Generator<FoundMacro> {
  let end = -1;
  for (let start = text.indexOf('$('); start >= 0; ) {
    if (end < start + 2) end = text.indexOf(')', start + 2);
    if (end < 0) return;
    const value = valueBetween(text, start + 2, end, source);
    if (value !== undefined) yield { start, end: end + 1, value };
    start = text.indexOf('$(', value === undefined ? start + 1 : end + 1);
  }
}

function valueBetween(
  text: string,
  start: number,
  end: number,
  source: MacroSource,
): string | undefined {
  const length = end - start;
  if (length === 0 || length > source.longestName) return undefined;
  return source.find(text.slice(start, end));
}
