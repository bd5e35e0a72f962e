// A column of text as counts of its n-grams in buckets, by the rules of encode/ngrams.ts: one row of
// words a line of the text, so that no pair of words goes over the end of a line.

import type { TextEncoding } from '../../encode/text-encoding.ts';
import { int, ints, text, texts } from '../attribute.ts';
import type { GraphBuilder, GraphValue } from '../graph-builder.ts';
import {
  cast,
  concatColumns,
  constantRows,
  type Doubles,
  reshape,
  type Strings,
} from '../operators.ts';
import { int64s, strings } from '../tensor.ts';

/** @param values of shape [rows, 1]. */
export function convertText(g: GraphBuilder, encoding: TextEncoding, values: Strings): Doubles {
  const { ngrams, bucketCount } = encoding;
  if (ngrams.length === 0) return constantRows(g, values, new Float64Array(bucketCount));
  const rows = withLastRow(g, values);
  const lower = g.node('StringNormalizer', [rows], 'string', {
    case_change_action: text('LOWER'),
    // Of the locale C, so that no letters but A to Z change.
    locale: text('C'),
  });
  const perLine = countsOfLines(g, encoding, linesOf(g, lower));
  const shape = [g.node('Shape', [rows], 'int64'), g.constant(int64s([-1, widthOf(encoding)]))];
  const split = g.node('Concat', shape, 'int64', { axis: int(0) });
  const perRow = g.node('Reshape', [perLine, split], 'double');
  const axis = g.constant(int64s([1]));
  const sums = g.node('ReduceSum', [perRow, axis], 'double', { keepdims: int(0) });
  return padded(g, withoutLastRow(g, sums), values, bucketCount - widthOf(encoding));
}

/** One row more, of one word: without any word in a batch, the operators would have nothing to count. */
function withLastRow(g: GraphBuilder, values: Strings): Strings {
  const rows = [reshape(g, values, [-1]), g.constant(strings(['x']))];
  return g.node('Concat', rows, 'string', { axis: int(0) });
}

function withoutLastRow(g: GraphBuilder, rows: Doubles): Doubles {
  const [start, end] = [g.constant(int64s([0])), g.constant(int64s([-1]))];
  return g.node('Slice', [rows, start, end], 'double');
}

/** Each row's lines: cut at line feeds, carriage returns and tabs; short rows are filled up with ''. */
function linesOf(g: GraphBuilder, rows: Strings): Strings {
  return ['\n', '\r', '\t'].reduce((lines, delimiter) => splitAt(g, lines, delimiter), rows);
}

function splitAt(g: GraphBuilder, values: Strings, delimiter: string): Strings {
  const options = { delimiter: text(delimiter) };
  const [parts] = g.nodeWithTwo('StringSplit', [values], ['string', 'int64'], options);
  return parts;
}

/** Counts of shape [lines, buckets]. */
function countsOfLines(g: GraphBuilder, encoding: TextEncoding, lines: Strings): Doubles {
  const flat = reshape(g, lines, [-1]);
  // Without a delimiter, words are cut at every run of spaces.
  const [words] = g.nodeWithTwo('StringSplit', [flat], ['string', 'int64']);
  const order = ngramsByLength(encoding);
  const counts = g.node('TfIdfVectorizer', [words], 'float', {
    mode: text('TF'),
    min_gram_length: int(1),
    max_gram_length: int(2),
    max_skip_count: int(0),
    ngram_counts: ints([0, order.single.length]),
    // Several n-grams may have one place, which is what a bucket is.
    ngram_indexes: ints([...order.single, ...order.pairs].map((i) => encoding.buckets[i])),
    pool_strings: texts([
      ...order.single.map((i) => encoding.ngrams[i]),
      ...order.pairs.flatMap((i) => encoding.ngrams[i].split(' ')),
    ]),
  });
  return cast(g, counts, 'double');
}

function ngramsByLength({ ngrams }: TextEncoding) {
  const all = [...ngrams.keys()];
  const isPair = (i: number) => ngrams[i].includes(' ');
  return { single: all.filter((i) => !isPair(i)), pairs: all.filter(isPair) };
}

/** The vectorizer's output ends with the last bucket that has an n-gram. */
function widthOf({ buckets }: TextEncoding): number {
  return buckets.reduce((width, bucket) => Math.max(width, bucket + 1), 0);
}

function padded(g: GraphBuilder, counts: Doubles, rows: GraphValue, width: number): Doubles {
  return width === 0
    ? counts
    : concatColumns(g, [counts, constantRows(g, rows, new Float64Array(width))]);
}
