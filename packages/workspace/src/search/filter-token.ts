// The tokens of the search language: filters and order_by clauses are made of the same ones.

interface Place {
  /** As the user wrote it. */
  readonly text: string;
  /** Of the first character, from 0. */
  readonly offset: number;
}

/** A dotted name such as metrics.rmse or tags.`my key`; quoted parts come without their quotes. */
export interface NameToken extends Place {
  readonly kind: 'name';
  readonly parts: readonly string[];
}

export interface StringToken extends Place {
  readonly kind: 'string';
  readonly value: string;
}

export interface NumberToken extends Place {
  readonly kind: 'number';
  readonly value: number;
}

/** One of = != < <= > >= */
export interface OperatorToken extends Place {
  readonly kind: 'operator';
}

/** One of ( ) and the comma, which make lists. */
export interface PunctuationToken extends Place {
  readonly kind: 'punctuation';
}

export interface EndToken extends Place {
  readonly kind: 'end';
}

export type FilterToken =
  | NameToken
  | StringToken
  | NumberToken
  | OperatorToken
  | PunctuationToken
  | EndToken;
