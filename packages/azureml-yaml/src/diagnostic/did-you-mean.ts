// The nearest known name to a mistyped one, and how values are shown in messages.

/** Longer names are not compared: the distance costs the product of both lengths. */
const maxNameLength = 64;
/** A file with more names than this is not written by hand, nor are its names mistyped. */
const maxCandidates = 200;

/** `; did you mean 'train'?`, or `; expected one of 'a', 'b'`, or nothing when none is known. */
export function hint(name: string, known: Iterable<string>): string {
  const candidates = Iterator.from(known).take(maxCandidates).toArray();
  const nearest = nearestName(name, candidates);
  if (nearest !== null) return `; did you mean '${nearest}'?`;
  if (candidates.length === 0) return '';
  const shown = candidates.slice(0, 12).map((candidate) => `'${shorten(candidate)}'`);
  const more = candidates.length > shown.length ? ', …' : '';
  return `; expected ${shown.length > 1 ? 'one of ' : ''}${shown.join(', ')}${more}`;
}

export function nearestName(name: string, known: Iterable<string>): string | null {
  if (name.length > maxNameLength) return null;
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    // The distance is at least the difference in length.
    if (Math.abs(candidate.length - name.length) >= bestDistance) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** At most 60 characters of a value on one line, so that a message stays one line. */
export function shorten(value: string): string {
  const line = value.replace(/\s+/g, ' ');
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
