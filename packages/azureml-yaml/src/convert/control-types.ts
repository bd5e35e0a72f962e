// Conditions and loops as the file says them, before it is known which steps they hold.

export interface Condition {
  readonly type: 'if_else';
  readonly name: string;
  /** The steps of its branches; true for those of `true_block`. */
  readonly blocks: ReadonlyMap<string, boolean>;
}

export interface Loop {
  readonly type: 'do_while';
  readonly name: string;
  readonly body: string;
  /** An output of the body; null for `true`. */
  readonly condition: string | null;
  /** From an output of the body to inputs of it. */
  readonly mapping: readonly { readonly output: string; readonly input: string }[];
}

export interface ForEach {
  readonly type: 'parallel_for';
  readonly name: string;
  readonly body: string;
}

export type Control = Condition | Loop | ForEach;
