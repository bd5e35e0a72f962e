// A column of true and false as one numeric feature of 1 and 0.

import type { Cell, Column } from '@ridgeline/tabular';
import {
  type EncodedFeature,
  type Encoding,
  type InputColumn,
  numericFeature,
  typeMismatch,
} from './input-column.ts';
import { booleanOfText, valuesOfTexts } from './text-values.ts';

const expected = 'true or false';

export class BooleanEncoding implements Encoding {
  readonly kind = 'boolean';
  readonly input: InputColumn;
  readonly features: readonly EncodedFeature[];

  constructor(input: InputColumn) {
    this.input = input;
    this.features = [numericFeature(input)];
  }

  encodeColumn(column: Column): Float64Array[] {
    if (column.type === 'string') return [valuesOfTexts(column, booleanOfCell, expected)];
    const { values } = column;
    // A boolean column holds nothing else; numbers are taken where they mean the same.
    if (column.type !== 'boolean') {
      const row = values.findIndex((value) => value !== 0 && value !== 1 && !Number.isNaN(value));
      if (row >= 0) throw typeMismatch(column.name, row, values[row], expected);
    }
    return [values];
  }

  encodeCell(cell: Cell, out: Float64Array, at: number): void {
    const value = booleanOfCell(cell);
    if (value === null) throw typeMismatch(this.input.name, null, cell, expected);
    out[at] = value;
  }

  toJSON(): object {
    return { kind: this.kind, input: this.input };
  }
}

function booleanOfCell(cell: Cell): number | null {
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (cell === null || Number.isNaN(cell)) return Number.NaN;
  if (typeof cell === 'string') return booleanOfText(cell) ?? zeroOrOne(Number(cell));
  return zeroOrOne(cell);
}

function zeroOrOne(value: number): number | null {
  return value === 0 || value === 1 ? value : null;
}
