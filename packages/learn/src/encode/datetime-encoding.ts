// A column of points in time as numeric features: those of its parts that varied in training.

import type { Cell, Column } from '@ridgeline/tabular';
import { type DateFormat, parseDateIn } from './date-formats.ts';
import { type DatePart, dateParts, newDateParts, writeDateParts } from './date-parts.ts';
import {
  checkNotInfinite,
  type EncodedFeature,
  type Encoding,
  type InputColumn,
  typeMismatch,
} from './input-column.ts';
import { valuesOfTexts } from './text-values.ts';

/** Date and time as JSON carries them are read whatever the formats of training were. */
const isoFormat: DateFormat = 'year-month-day';

export class DatetimeEncoding implements Encoding {
  readonly kind = 'datetime';
  readonly input: InputColumn;
  readonly features: readonly EncodedFeature[];
  readonly parts: readonly DatePart[];
  /** Formats in which texts are read, the first that fits deciding. */
  readonly formats: readonly DateFormat[];
  readonly #partIndices: readonly number[];
  readonly #allParts = newDateParts();

  constructor(
    input: InputColumn,
    parts: readonly DatePart[],
    formats: readonly DateFormat[] = [isoFormat],
  ) {
    this.input = input;
    this.parts = parts;
    this.formats = formats;
    this.#partIndices = parts.map((part) => dateParts.indexOf(part));
    this.features = parts.map((part) => {
      const name = `${input.name} ${part}`;
      return { name, kind: 'numeric', levelCount: null, source: input.name };
    });
  }

  encodeColumn(column: Column): Float64Array[] {
    const times = timesOf(column, this.formats);
    const features = this.parts.map(() => new Float64Array(times.length));
    for (let row = 0; row < times.length; row++) {
      checkNotInfinite(times[row], column.name, row);
      writeDateParts(times[row], this.#allParts);
      for (let f = 0; f < features.length; f++) {
        features[f][row] = this.#allParts[this.#partIndices[f]];
      }
    }
    return features;
  }

  encodeCell(cell: Cell, out: Float64Array, at: number): void {
    const time = timeOfCell(cell, this.formats);
    if (time === null) throw typeMismatch(this.input.name, null, cell, expected(this.formats));
    checkNotInfinite(time, this.input.name, null);
    writeDateParts(time, this.#allParts);
    for (let f = 0; f < this.#partIndices.length; f++) {
      out[at + f] = this.#allParts[this.#partIndices[f]];
    }
  }

  toJSON(): object {
    const { kind, input, parts, formats } = this;
    return { kind, input, parts, formats };
  }
}

/** Milliseconds since 1970 UTC, one a row, NaN where missing. @throws LearnError DATA_TYPE_MISMATCH. */
export function timesOf(column: Column, formats: readonly DateFormat[]): Float64Array {
  if (column.type === 'string') {
    return valuesOfTexts(column, (text) => timeOfCell(text, formats), expected(formats));
  }
  if (column.type !== 'boolean') return column.values;
  throw typeMismatch(column.name, 0, 'true or false', expected(formats));
}

function timeOfCell(cell: Cell, formats: readonly DateFormat[]): number | null {
  if (typeof cell === 'number') return cell;
  if (cell === null) return Number.NaN;
  if (typeof cell !== 'string') return null;
  return parseDateIn(cell, formats) ?? parseDateIn(cell, [isoFormat]);
}

function expected(formats: readonly DateFormat[]): string {
  return `a date (${formats.join(', ')})`;
}
