// Where a value came from: the place in its file, and the templates through which it got here.

export interface Origin {
  /** Path inside its repository, with `@alias` behind it when that is not the main one. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** Where the template that holds this was included, innermost first. */
  readonly via?: Origin;
}
