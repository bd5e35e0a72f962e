// The verdict on a column: what it is, why, and what its encoding needs to know of it.

import type { TextLevel } from './column-facts.ts';
import type { ColumnPurpose } from './column-purpose.ts';
import type { DateFormat } from './date-formats.ts';

export interface JudgedColumn {
  readonly purpose: ColumnPurpose;
  readonly reason: string;
  readonly missingCount: number;
  /** Whether it was ignored as an identifier only, so that it may serve where nothing else is left. */
  readonly isIdentifier?: boolean;
  /** Of a column of texts. */
  readonly levels?: readonly TextLevel[];
  /** Of dates written as text. */
  readonly formats?: readonly DateFormat[];
  /** Of numbers written as text: those that stand for "not known". */
  readonly missingTexts?: ReadonlySet<string>;
}
