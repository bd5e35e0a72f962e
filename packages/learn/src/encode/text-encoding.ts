// A column of free text as counts of its n-grams, hashed into a fixed number of numeric features.
// N-grams that training did not see count nothing; a missing text is an empty one.

import type { Cell, Column } from '@ridgeline/tabular';
import {
  type EncodedFeature,
  type Encoding,
  type InputColumn,
  typeMismatch,
} from './input-column.ts';
import { forEachNgram, hashOfText } from './ngrams.ts';

const expected = 'a text';

export class TextEncoding implements Encoding {
  readonly kind = 'text';
  readonly input: InputColumn;
  readonly features: readonly EncodedFeature[];
  /** The n-grams that count; those of two words hold one space. See ngrams.ts for the rules. */
  readonly ngrams: readonly string[];
  readonly bucketCount: number;
  /** Bucket of each n-gram: its 32-bit FNV-1a hash modulo `bucketCount`. */
  readonly buckets: Int32Array;
  readonly #bucketOf: ReadonlyMap<string, number>;

  constructor(input: InputColumn, ngrams: readonly string[], bucketCount: number) {
    this.input = input;
    this.ngrams = ngrams;
    this.bucketCount = bucketCount;
    this.buckets = Int32Array.from(ngrams, (ngram) => hashOfText(ngram) % bucketCount);
    this.#bucketOf = new Map(ngrams.map((ngram, i) => [ngram, this.buckets[i]]));
    this.features = Array.from({ length: bucketCount }, (_, bucket) => {
      const name = `${input.name} words ${bucket}`;
      return { name, kind: 'numeric', levelCount: null, source: input.name };
    });
  }

  encodeColumn(column: Column): Float64Array[] {
    if (column.type !== 'string') {
      throw typeMismatch(column.name, 0, `a ${column.type}`, expected);
    }
    const { codes, dictionary } = column;
    const features = this.features.map(() => new Float64Array(codes.length));
    for (let row = 0; row < codes.length; row++) {
      if (codes[row] < 0) continue;
      this.#forEachBucket(dictionary[codes[row]], (bucket) => {
        features[bucket][row]++;
      });
    }
    return features;
  }

  encodeCell(cell: Cell, out: Float64Array, at: number): void {
    if (cell !== null && typeof cell !== 'string') {
      throw typeMismatch(this.input.name, null, cell, expected);
    }
    out.fill(0, at, at + this.bucketCount);
    if (cell === null) return;
    this.#forEachBucket(cell, (bucket) => {
      out[at + bucket]++;
    });
  }

  toJSON(): object {
    const { kind, input, ngrams, bucketCount } = this;
    return { kind, input, ngrams, bucketCount };
  }

  #forEachBucket(text: string, visit: (bucket: number) => void): void {
    forEachNgram(text, (ngram) => {
      const bucket = this.#bucketOf.get(ngram);
      if (bucket !== undefined) visit(bucket);
    });
  }
}
