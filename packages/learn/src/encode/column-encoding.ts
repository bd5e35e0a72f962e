// The encodings of columns as one union, by which converters to other formats tell them apart.

import type { BooleanEncoding } from './boolean-encoding.ts';
import type { CategoricalEncoding } from './categorical-encoding.ts';
import type { DatetimeEncoding } from './datetime-encoding.ts';
import type { NumericEncoding } from './numeric-encoding.ts';
import type { TextEncoding } from './text-encoding.ts';

export type ColumnEncoding =
  | NumericEncoding
  | BooleanEncoding
  | CategoricalEncoding
  | DatetimeEncoding
  | TextEncoding;
