// The grid of times that series stand on: steps of one length, or of whole months, which have none.
// Owns the way from a time to the number of its step and back.

import { LearnError } from '../errors.ts';
import { bool, finite, integer, oneOf, record } from '../model-json/read-fields.ts';

export interface TimeGrid {
  /** `step`: equal steps in the unit of the times, milliseconds for dates; `month`: calendar months. */
  readonly unit: 'step' | 'month';
  /** Length of a step, above 0; of months a whole number. */
  readonly step: number;
  /** The time of step 0. */
  readonly origin: number;
  /** Whether times are milliseconds since 1970 UTC, and not numbers of any kind. */
  readonly isDate: boolean;
}

export const dayMs = 86_400_000;

/** The number of the time's step; NaN where the time stands between two steps. */
export function stepAt(grid: TimeGrid, time: number): number {
  const { unit, step, origin } = grid;
  if (unit === 'month') {
    const months = (monthOf(time) - monthOf(origin)) / step;
    return Number.isInteger(months) ? months : Number.NaN;
  }
  const steps = (time - origin) / step;
  const nearest = Math.round(steps);
  return Math.abs(steps - nearest) < 1e-6 ? nearest : Number.NaN;
}

/** The time of a step; of months their first day. */
export function timeOfStep({ unit, step, origin }: TimeGrid, index: number): number {
  if (unit === 'step') return origin + index * step;
  return Date.UTC(1970, monthOf(origin) + index * step, 1);
}

/** Months since January 1970. */
export function monthOf(time: number): number {
  const date = new Date(time);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The steps that one season is likely to have, by the calendar; the shortest first. */
export function calendarSeasons({ unit, step, isDate }: TimeGrid): readonly number[] {
  const year = 365.25 * dayMs;
  const cycles = unit === 'month' ? [12] : isDate ? [dayMs, 7 * dayMs, year] : [];
  return cycles
    .map((cycle) => Math.round(cycle / step))
    .filter((season, i) => season > 1 && season <= 1000 && (i < 2 || step >= 7 * dayMs));
}

export function readTimeGrid(json: unknown): TimeGrid {
  const fields = record(json, 'grid');
  const unit = oneOf(fields.unit, 'grid.unit', ['step', 'month']);
  const step =
    unit === 'month'
      ? integer(fields.step, 'grid.step', { min: 1, max: 1200 })
      : finite(fields.step, 'grid.step');
  const origin = finite(fields.origin, 'grid.origin');
  if (step > 0 && Math.abs(origin) <= 8.64e15) {
    return { unit, step, origin, isDate: bool(fields.isDate, 'grid.isDate') };
  }
  throw new LearnError(
    'MODEL_INVALID',
    'the model cannot be read: its grid of times is impossible',
  );
}
