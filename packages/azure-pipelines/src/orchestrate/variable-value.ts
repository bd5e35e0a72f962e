// A variable as the later passes see it: its text, and what may be done with it.

export interface VariableValue {
  readonly value: string;
  /** Masked in every log, and not exported to processes. */
  readonly secret: boolean;
  /** Steps cannot set it. */
  readonly readonly: boolean;
}

/** By name as written; no two that differ only in letter case. */
export type Variables = ReadonlyMap<string, VariableValue>;
