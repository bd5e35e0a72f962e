// The parts of a point in time that models learn from. All of them are of UTC, by the proleptic
// Gregorian calendar.

/** In this order in every encoding. `weekday` is 1 (Monday) to 7; `epochDay` counts from 1970-01-01. */
export const dateParts = ['epochDay', 'year', 'month', 'day', 'weekday', 'hour'] as const;
export type DatePart = (typeof dateParts)[number];

const dayMs = 86_400_000;

/** Writes the six parts of `milliseconds` to `out`; all NaN where it is NaN. */
export function writeDateParts(milliseconds: number, out: Float64Array): void {
  if (Number.isNaN(milliseconds)) {
    out.fill(Number.NaN);
    return;
  }
  const epochDay = Math.floor(milliseconds / dayMs);
  out[0] = epochDay;
  writeCivilDate(epochDay, out);
  out[4] = ((((epochDay + 3) % 7) + 7) % 7) + 1;
  out[5] = Math.floor((milliseconds - epochDay * dayMs) / 3_600_000);
}

/**
 * Year, month and day of a day count: Hinnant's civil_from_days ("chrono-compatible low-level date
 * algorithms"), whose years begin in March so that the leap day is the last. Only whole numbers and
 * floors, so that a graph of tensors can do the same.
 */
function writeCivilDate(epochDay: number, out: Float64Array): void {
  const shifted = epochDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  out[1] = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  out[2] = month;
  out[3] = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
}
