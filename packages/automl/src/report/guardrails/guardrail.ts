// What the checks of the data share: their input, and a guardrail made from its findings.
import type { ColumnReport, Label } from '@ridgeline/learn';
import type { Column, Table } from '@ridgeline/tabular';
import type { Guardrail, GuardrailFinding } from '../report-types.ts';

export interface GuardrailInput {
  readonly train: Table;
  /** The rows to compare with for drift: the test data, else the validation data; null without. */
  readonly later: { readonly name: 'test' | 'validation'; readonly table: Table } | null;
  readonly targetName: string;
  /** Null of a regression. */
  readonly classes: readonly Label[] | null;
  /** Rows of `train` that have a target, and the target: numbers, or the codes of the classes. */
  readonly targetRows: Int32Array;
  readonly target: Float64Array;
  /** What was done to each column. */
  readonly columns: readonly ColumnReport[];
}

/** The columns that may be features: those of the table but the target, in its order. */
export function featureColumns({ train, targetName }: GuardrailInput): readonly Column[] {
  return train.columns().filter(({ name }) => name !== targetName);
}

export function guardrail(
  check: string,
  title: string,
  findings: readonly GuardrailFinding[],
): Guardrail {
  const isAlerted = findings.some(({ state }) => state === 'alerted');
  const state = isAlerted ? 'alerted' : findings.length > 0 ? 'done' : 'passed';
  return { check, title, state, findings };
}

export function finding(
  state: GuardrailFinding['state'],
  column: string | null,
  message: string,
  value: number | null = null,
): GuardrailFinding {
  return { column, state, message, value: value === null || Number.isFinite(value) ? value : null };
}

/** A share for people: `12 %`, `0.4 %`, `less than 0.1 %`. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return 'less than 0.1 %';
  return `${Number(value.toPrecision(value < 10 ? 1 : 3))} %`;
}
