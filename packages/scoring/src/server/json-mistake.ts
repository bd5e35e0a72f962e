// Finds where a text stops being JSON. V8 names the place in some of its messages only, so a body
// that JSON.parse has refused is read again here; a body that is right never comes this way.
// The scan keeps its own stack of open brackets: a deeply nested body cannot overflow it.

export interface JsonMistake {
  /** 0-based offset into the text; the text's length when it ends too early. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units. */
  readonly column: number;
}

/** Returns null when the text is JSON. */
export function findJsonMistake(text: string): JsonMistake | null {
  const offset = scan(text);
  if (offset === null) return null;
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { offset, line: before.split('\n').length, column: offset - lineStart + 1 };
}

type Expected = 'value' | 'value-or-close' | 'key' | 'key-or-close' | 'colon' | 'comma-or-close';

function scan(text: string): number | null {
  const open: string[] = [];
  let expected: Expected = 'value';
  let at = skipSpace(text, 0);
  for (;;) {
    if (expected === 'comma-or-close' && open.length === 0) {
      return at === text.length ? null : at;
    }
    const char = text[at];
    if (char === undefined) return at;
    const step: Step | number = readToken(text, at, char, expected, open.at(-1));
    if (typeof step === 'number') return step;
    if (step.opens !== undefined) open.push(step.opens);
    if (step.closes === true) open.pop();
    expected = step.next;
    at = skipSpace(text, step.end);
  }
}

interface Step {
  readonly end: number;
  readonly next: Expected;
  readonly opens?: string;
  readonly closes?: boolean;
}

/** One token, or the offset at which it goes wrong. */
function readToken(
  text: string,
  at: number,
  char: string,
  expected: Expected,
  inside: string | undefined,
): Step | number {
  const closer = inside === '{' ? '}' : ']';
  const mayClose = expected.endsWith('or-close') && inside !== undefined;
  if (mayClose && char === closer) return { end: at + 1, next: 'comma-or-close', closes: true };
  if (expected === 'comma-or-close') {
    return char === ',' ? { end: at + 1, next: inside === '{' ? 'key' : 'value' } : at;
  }
  if (expected === 'colon') return char === ':' ? { end: at + 1, next: 'value' } : at;
  if (expected === 'key' || expected === 'key-or-close') {
    return char === '"' ? ending(readString(text, at), 'colon') : at;
  }
  if (char === '{') return { end: at + 1, next: 'key-or-close', opens: '{' };
  if (char === '[') return { end: at + 1, next: 'value-or-close', opens: '[' };
  return ending(char === '"' ? readString(text, at) : readScalar(text, at), 'comma-or-close');
}

// A negative end is a failure: -1 - offset, so that one number carries either.
function ending(end: number, next: Expected): Step | number {
  return end < 0 ? -1 - end : { end, next };
}

const scalar = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

function readScalar(text: string, at: number): number {
  scalar.lastIndex = at;
  return scalar.test(text) ? scalar.lastIndex : -1 - at;
}

const escapeSequence = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

function readString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at + 1;
    if (code < 0x20) return -1 - at;
    if (code !== 0x5c) continue;
    escapeSequence.lastIndex = at;
    if (!escapeSequence.test(text)) return -1 - at;
    at = escapeSequence.lastIndex - 1;
  }
  return -1 - text.length;
}

function skipSpace(text: string, start: number): number {
  let at = start;
  while (' \t\n\r'.includes(text[at] ?? 'x')) at += 1;
  return at;
}
