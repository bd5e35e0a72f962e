// Text as a comparison without case sees it.

/** Upper case, letter by letter. The result has the length of the text. */
export function foldCase(text: string): string {
  const upper = text.toUpperCase();
  if (upper.length === text.length) return upper;
  // Some letters, such as a sharp s, have no single upper-case letter; they stay as they are.
  return Array.from(text, (letter) => {
    const one = letter.toUpperCase();
    return one.length === letter.length ? one : letter;
  }).join('');
}
