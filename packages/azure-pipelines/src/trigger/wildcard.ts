// The patterns of triggers: `*` is any number of characters, slashes too, and `?` is one. Letter
// case counts. No regular expressions: a hostile pattern costs at most its length times the text's.

export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let position = 0;
  let star = -1;
  let starPosition = 0;
  while (position < text.length) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at;
      starPosition = position;
      at += 1;
    } else if (wanted === '?' || wanted === text[position]) {
      at += 1;
      position += 1;
    } else if (star !== -1) {
      // The last star takes one character more.
      starPosition += 1;
      position = starPosition;
      at = star + 1;
    } else return false;
  }
  return /^\**$/u.test(pattern.slice(at));
}
