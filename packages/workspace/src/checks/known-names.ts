// The names that a message lists to help with one that is wrong: few enough to be read.

const namesInMessage = 10;

/** Such as `'a', 'b'`; `none` where there is nothing; a count of those that are left out. */
export function knownNames(names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, namesInMessage).map((name) => `'${name}'`);
  const more = names.length - shown.length;
  return shown.join(', ') + (more > 0 ? ` and ${more} more` : '');
}
