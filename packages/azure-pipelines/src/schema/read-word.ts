// How texts are read as booleans, and which texts only a run can read.

const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'y', 'yes', 'on'].map((word) => [word, true] as const),
  ...['false', 'n', 'no', 'off'].map((word) => [word, false] as const),
]);

/** Undefined when the word is neither true nor false. */
export function booleanOf(word: string): boolean | undefined {
  return booleans.get(word.trim().toLowerCase());
}

/** Whether what stands there is only known in a run: a macro, or a runtime expression. */
export function isRuntimeText(word: string): boolean {
  return word.includes('$(') || word.trimStart().startsWith('$[');
}

/** What expansion could not give a value keeps its braces, and has been reported by then. */
export function isUnexpanded(word: string): boolean {
  return word.includes('${{');
}
