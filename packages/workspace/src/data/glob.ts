// Patterns of paths: `*` and `?` within a part, `**` for any parts. Matched without going back and
// forth, so that no pattern takes longer than its length times that of the path.

export function matchesPattern(path: string, pattern: string): boolean {
  return matchesSequence(path.split('/'), pattern.split('/'), '**', matchesPart);
}

function matchesPart(part: string, pattern: string): boolean {
  return matchesSequence([...part], [...pattern], '*', (character, wanted) =>
    wanted === '?' ? true : character === wanted,
  );
}

/** Greedy, with one place to return to: the last star. */
function matchesSequence(
  items: readonly string[],
  pattern: readonly string[],
  star: string,
  matches: (item: string, wanted: string) => boolean,
): boolean {
  let item = 0;
  let wanted = 0;
  let lastStar = -1;
  let lastItem = 0;
  while (item < items.length) {
    const next = pattern[wanted];
    if (next === star) {
      lastStar = wanted;
      lastItem = item;
      wanted += 1;
    } else if (next !== undefined && matches(items[item] ?? '', next)) {
      item += 1;
      wanted += 1;
    } else if (lastStar !== -1) {
      lastItem += 1;
      item = lastItem;
      wanted = lastStar + 1;
    } else {
      return false;
    }
  }
  return pattern.slice(wanted).every((rest) => rest === star);
}
