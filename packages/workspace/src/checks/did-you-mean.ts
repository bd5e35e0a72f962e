// Finds the name that the user probably meant. Knows nothing of what is named.

/** `; did you mean 'x'?` for the closest of `candidates`, or an empty string if none is close. */
export function didYouMean(name: string, candidates: readonly string[]): string {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let closest: string | undefined;
  let closestDistance = limit + 1;
  for (const candidate of candidates) {
    // A length difference is a lower bound of the distance, so most candidates cost nothing.
    if (Math.abs(candidate.length - name.length) > limit) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < closestDistance) {
      closest = candidate;
      closestDistance = distance;
    }
  }
  return closest === undefined ? '' : `; did you mean '${closest}'?`;
}

/** Levenshtein's distance: the least number of inserted, deleted or replaced characters. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      const inserted = (current[column - 1] ?? 0) + 1;
      const deleted = (previous[column] ?? 0) + 1;
      current.push(Math.min(replaced, inserted, deleted));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
