// A column of numbers as one numeric feature, its values as they are. Texts that stood for "not known"
// in training are missing.

import type { Cell, Column } from '@ridgeline/tabular';
import {
  checkNotInfinite,
  type EncodedFeature,
  type Encoding,
  type InputColumn,
  numericFeature,
  typeMismatch,
} from './input-column.ts';
import { numberOfText, valuesOfTexts } from './text-values.ts';

const expected = 'a number';

export class NumericEncoding implements Encoding {
  readonly kind = 'numeric';
  readonly input: InputColumn;
  readonly features: readonly EncodedFeature[];
  /** Texts that count as missing, such as `?`. */
  readonly missingTexts: ReadonlySet<string>;

  constructor(input: InputColumn, missingTexts: ReadonlySet<string> = new Set()) {
    this.input = input;
    this.features = [numericFeature(input)];
    this.missingTexts = missingTexts;
  }

  encodeColumn(column: Column): Float64Array[] {
    if (column.type === 'string') {
      return [valuesOfTexts(column, (text) => this.#ofText(text), expected)];
    }
    if (column.type !== 'datetime') return [column.values];
    throw typeMismatch(column.name, 0, 'a time', expected);
  }

  encodeCell(cell: Cell, out: Float64Array, at: number): void {
    if (typeof cell === 'number') {
      checkNotInfinite(cell, this.input.name, null);
      out[at] = cell;
    } else if (cell === null) out[at] = Number.NaN;
    else if (typeof cell === 'boolean') out[at] = cell ? 1 : 0;
    else {
      const value = typeof cell === 'string' ? this.#ofText(cell) : null;
      if (value === null) throw typeMismatch(this.input.name, null, cell, expected);
      out[at] = value;
    }
  }

  toJSON(): object {
    return { kind: this.kind, input: this.input, missingTexts: [...this.missingTexts] };
  }

  #ofText(text: string): number | null {
    return this.missingTexts.has(text) ? Number.NaN : numberOfText(text);
  }
}
