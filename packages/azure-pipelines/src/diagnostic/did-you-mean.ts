// The nearest known name to a mistyped one, and how values and names are shown in messages.

/** Longer names are not compared: the distance costs the product of both lengths. */
const maxNameLength = 64;
/** A file with more names than this is not written by hand, nor are its names mistyped. */
const maxCandidates = 500;
const maxShown = 12;

/** ` Did you mean "train"?`, with its space in front, or nothing when no name is near. */
export function didYouMean(word: string, known: Iterable<string>): string {
  const nearest = nearestName(word, known);
  return nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
}

/** `"a", "b" or "c"`; of many names the first dozen. */
export function listNames(names: Iterable<string>): string {
  const all = [...names].map((name) => `"${shorten(name)}"`);
  if (all.length > maxShown) return `${all.slice(0, maxShown).join(', ')}, …`;
  const last = all.pop() ?? 'nothing';
  return all.length === 0 ? last : `${all.join(', ')} or ${last}`;
}

export function nearestName(word: string, known: Iterable<string>): string | undefined {
  if (word.length > maxNameLength) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of Iterator.from(known).take(maxCandidates)) {
    // The distance is at least the difference in length.
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance < Math.max(word.length, candidate.length)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** At most 60 characters of a value on one line, so that a message stays one line. */
export function shorten(value: string): string {
  // The middle of a megabyte would be replaced only to be cut off.
  const line = value.slice(0, 200).replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}

/** Optimal string alignment: insert, delete, replace, and swap of neighbours cost 1 each. */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replace = a[row - 1] === b[column - 1] ? 0 : 1;
      let distance = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + replace,
      );
      const swapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (row > 1 && column > 1 && swapped) {
        distance = Math.min(distance, (beforePrevious[column - 2] ?? 0) + 1);
      }
      current.push(distance);
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
