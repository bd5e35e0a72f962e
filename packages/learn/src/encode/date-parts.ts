// The parts of a point in time that models learn from. All of them are of UTC, by the proleptic
// Gregorian calendar.

/** In this order in every encoding. `weekday` is 1 (Monday) to 7; `epochDay` counts from 1970-01-01. */
export const dateParts = ['epochDay', 'year', 'month', 'day', 'weekday', 'hour'] as const;
export type DatePart = (typeof dateParts)[number];

const dayMs = 86_400_000;

/** Room for `writeDateParts`. */
export function newDateParts(): Float64Array {
  return new Float64Array(dateParts.length).fill(Number.NaN);
}

/**
 * Writes the six parts of `milliseconds` to `out`, which holds those of an earlier call or NaN; all NaN
 * where it is NaN.
 */
export function writeDateParts(milliseconds: number, out: Float64Array): void {
  if (Number.isNaN(milliseconds)) {
    out.fill(Number.NaN);
    return;
  }
  const epochDay = Math.floor(milliseconds / dayMs);
  // Neighbouring rows are often of one day; `out` then holds its parts already.
  if (out[0] !== epochDay) {
    out[0] = epochDay;
    writeCivilDate(epochDay, out);
    out[4] = ((((epochDay + 3) % 7) + 7) % 7) + 1;
  }
  out[5] = Math.floor((milliseconds - epochDay * dayMs) / 3_600_000);
}

/**
 * Year, month and day of a day count: Hinnant's civil_from_days ("chrono-compatible low-level date
 * algorithms"), whose years begin in March so that the leap day is the last. Only whole numbers and
 * floors, so that a graph of tensors can do the same; `| 0` is the floor of what is 0 or more.
 */
function writeCivilDate(epochDay: number, out: Float64Array): void {
  const shifted = epochDay + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = (shifted - era * 146_097) | 0;
  const leapDays = ((dayOfEra / 1460) | 0) - ((dayOfEra / 36_524) | 0) + ((dayOfEra / 146_096) | 0);
  const yearOfEra = ((dayOfEra - leapDays) / 365) | 0;
  const daysBefore = 365 * yearOfEra + ((yearOfEra / 4) | 0) - ((yearOfEra / 100) | 0);
  const dayOfYear = (dayOfEra - daysBefore) | 0;
  const shiftedMonth = ((5 * dayOfYear + 2) / 153) | 0;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  out[1] = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  out[2] = month;
  out[3] = dayOfYear - (((153 * shiftedMonth + 2) / 5) | 0) + 1;
}
