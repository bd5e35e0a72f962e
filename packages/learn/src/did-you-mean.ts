// Finds the known name that a mistyped one was meant to be. Owns no wording beyond the suggestion.

/** `; did you mean 'x'?` for the nearest known name, or an empty string when none is near. */
export function didYouMean(given: string, known: Iterable<string>): string {
  const limit = Math.max(1, Math.ceil(Math.min(given.length, 40) / 3));
  let nearest: string | null = null;
  let nearestDistance = limit + 1;
  for (const name of known) {
    if (Math.abs(name.length - given.length) > limit) continue;
    const distance = editDistance(given.toLowerCase(), name.toLowerCase());
    if (distance < nearestDistance) {
      nearest = name;
      nearestDistance = distance;
    }
  }
  return nearest === null ? '' : `; did you mean '${nearest}'?`;
}

/** Levenshtein's distance, kept to one row of its table. */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
