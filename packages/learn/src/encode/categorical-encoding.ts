// A column of categories as one categorical feature. Levels have codes by their frequency, the most
// frequent first. The rare ones share one code more, the last, which also takes what was never seen in
// training; without rare ones, what was never seen counts as missing. An empty text is missing.

import type { Cell, Column } from '@ridgeline/tabular';
import {
  type EncodedFeature,
  type Encoding,
  type InputColumn,
  typeMismatch,
} from './input-column.ts';
import { numberOfText, valuesOfTexts } from './text-values.ts';

/** The levels: texts of a text column, else numbers (true and false being 1 and 0). */
export type Levels = readonly string[] | readonly number[];

export class CategoricalEncoding implements Encoding {
  readonly kind = 'categorical';
  readonly input: InputColumn;
  readonly features: readonly EncodedFeature[];
  /** Level of each code, the code of rare levels left out. */
  readonly levels: Levels;
  /** Whether code `levels.length` stands for rare levels, and for those never seen. */
  readonly mergesRare: boolean;
  readonly #codeOf: ReadonlyMap<string | number, number>;
  readonly #unseenCode: number;

  constructor(input: InputColumn, levels: Levels, mergesRare: boolean) {
    this.input = input;
    this.levels = levels;
    this.mergesRare = mergesRare;
    const { name } = input;
    const levelCount = levels.length + (mergesRare ? 1 : 0);
    this.features = [{ name, kind: 'categorical', levelCount, source: name }];
    this.#codeOf = new Map([...levels.entries()].map(([code, level]) => [level, code]));
    this.#unseenCode = mergesRare ? levels.length : Number.NaN;
  }

  encodeColumn(column: Column): Float64Array[] {
    if (column.type === 'string') {
      return [valuesOfTexts(column, (text) => this.#codeOfCell(text), this.#expected)];
    }
    if (column.type === 'datetime') throw typeMismatch(column.name, 0, 'a time', this.#expected);
    const isBoolean = column.type === 'boolean';
    return [
      column.values.map((value) => {
        if (Number.isNaN(value)) return value;
        return this.#codeOfCell(isBoolean ? value === 1 : value) ?? Number.NaN;
      }),
    ];
  }

  encodeCell(cell: Cell, out: Float64Array, at: number): void {
    const code = this.#codeOfCell(cell);
    if (code === null) throw typeMismatch(this.input.name, null, cell, this.#expected);
    out[at] = code;
  }

  toJSON(): object {
    const { kind, input, levels, mergesRare } = this;
    return { kind, input, levels, mergesRare };
  }

  get #expected(): string {
    return this.input.type === 'string' ? 'a text' : 'a number';
  }

  /** NaN where missing, null for what can be no level of this column. */
  #codeOfCell(cell: Cell): number | null {
    if (cell === null || cell === '' || Number.isNaN(cell)) return Number.NaN;
    if (typeof cell === 'object' || cell === undefined) return null;
    const level = this.input.type === 'string' ? String(cell) : asNumber(cell);
    if (level === null) return null;
    return this.#codeOf.get(level) ?? this.#unseenCode;
  }
}

function asNumber(cell: string | number | boolean): number | null {
  if (typeof cell === 'number') return cell;
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  if (cell === 'true') return 1;
  return cell === 'false' ? 0 : numberOfText(cell);
}
