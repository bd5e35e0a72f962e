// How many steps a season has: the place at which the changes of the series are most like themselves.
// Looks only at what it is given, which is the past before the last validation: less would hide the
// season of a short series.

const longestPast = 5000;
const longestSeason = 400;
/** Correlation from which a season of the calendar, and one that is only seen, is believed. */
const believed = { calendar: 0.2, seen: 0.4 } as const;

/** @param calendar seasons that the grid of dates speaks for; none where times are numbers. */
export function findSeason(series: readonly Float64Array[], calendar: readonly number[]): number {
  const changes = series.map(changesOf);
  const longest = changes.reduce((most, { length }) => Math.max(most, length), 0);
  const isCalendar = calendar.length > 0;
  const candidates = isCalendar ? calendar : places(Math.min(longestSeason, longest / 3));
  const judged = candidates
    .filter((season) => 2 * season < longest)
    .map((season) => ({ season, likeness: meanLikeness(changes, season) }));
  const best = judged.reduce((most, { likeness }) => Math.max(most, likeness), 0);
  if (best < (isCalendar ? believed.calendar : believed.seen)) return 1;
  // Twice a season is as good a season: the shortest that is nearly the best.
  return judged.find(({ likeness }) => likeness >= 0.9 * best)?.season ?? 1;
}

function places(most: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.floor(most) - 1) }, (_, i) => i + 2);
}

function changesOf(values: Float64Array): Float64Array {
  const late = values.subarray(Math.max(0, values.length - longestPast));
  return late.subarray(1).map((value, i) => value - late[i]);
}

function meanLikeness(changes: readonly Float64Array[], season: number): number {
  const each = changes.filter(({ length }) => length > 2 * season).slice(0, 100);
  return each.reduce((sum, values) => sum + likeness(values, season) / each.length, 0);
}

/** Correlation of each change with the one a season later; 0 where nothing changes. */
function likeness(values: Float64Array, season: number): number {
  let product = 0;
  let early = 0;
  let late = 0;
  for (let i = season; i < values.length; i++) {
    const a = values[i - season];
    const b = values[i];
    if (Number.isNaN(a) || Number.isNaN(b)) continue;
    product += a * b;
    early += a * a;
    late += b * b;
  }
  const size = Math.sqrt(early) * Math.sqrt(late);
  return size > 0 && Number.isFinite(product / size) ? product / size : 0;
}
