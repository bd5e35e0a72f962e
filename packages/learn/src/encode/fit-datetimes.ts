// Learns which parts of a column of times vary.

import type { Column } from '@ridgeline/tabular';
import { type DateFormat, dateFormats } from './date-formats.ts';
import { dateParts, newDateParts, writeDateParts } from './date-parts.ts';
import { DatetimeEncoding, timesOf } from './datetime-encoding.ts';
import { checkNotInfinite, type InputColumn } from './input-column.ts';

/** Null when all times are of the same hour of the same day, and none is missing. */
export function fitDatetimes(
  column: Column,
  input: InputColumn,
  formats: readonly DateFormat[] = dateFormats,
): DatetimeEncoding | null {
  const times = timesOf(column, formats);
  const lowest = new Float64Array(dateParts.length).fill(Number.POSITIVE_INFINITY);
  const highest = new Float64Array(dateParts.length).fill(Number.NEGATIVE_INFINITY);
  const parts = newDateParts();
  for (let row = 0; row < times.length; row++) {
    if (Number.isNaN(times[row])) continue;
    checkNotInfinite(times[row], column.name, row);
    writeDateParts(times[row], parts);
    for (let p = 0; p < parts.length; p++) {
      if (parts[p] < lowest[p]) lowest[p] = parts[p];
      if (parts[p] > highest[p]) highest[p] = parts[p];
    }
  }
  const varying = dateParts.filter((_, p) => lowest[p] < highest[p]);
  if (varying.length > 0) return new DatetimeEncoding(input, varying, formats);
  return input.required ? null : new DatetimeEncoding(input, ['epochDay'], formats);
}
