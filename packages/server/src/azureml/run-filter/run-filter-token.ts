// The words of a run filter. Every token knows where it stands, for the messages.

interface At {
  /** Of its first character, from 0. */
  readonly offset: number;
  /** As it was written. */
  readonly text: string;
}

export interface WordToken extends At {
  readonly kind: 'word';
}
export interface LiteralToken extends At {
  readonly kind: 'literal';
  readonly value: FilterValue;
}
export interface SignToken extends At {
  readonly kind: 'sign';
}
export interface EndToken extends At {
  readonly kind: 'end';
}

export type RunFilterToken = WordToken | LiteralToken | SignToken | EndToken;

export type FilterValue = string | number | boolean | null;
