// What a report is made of: checks of the data, plots, an explanation, and all of it as files.
import type { ColumnImportance } from '@ridgeline/learn';

/** As Azure AutoML's: nothing found; found and dealt with; found, and for a person to judge. */
const guardrailStates = ['passed', 'done', 'alerted'] as const;
export type GuardrailState = (typeof guardrailStates)[number];

export interface GuardrailFinding {
  /** Null where it is about no single column. */
  readonly column: string | null;
  readonly state: 'done' | 'alerted';
  /** A sentence: what was found, and what was done or is to be done. */
  readonly message: string;
  /** The figure that it rests on, such as a share or an AUC; null where there is none. */
  readonly value: number | null;
}

export interface Guardrail {
  /** A stable name, such as `leakage`. */
  readonly check: string;
  readonly title: string;
  /** The gravest of the findings; `passed` without any. */
  readonly state: GuardrailState;
  readonly findings: readonly GuardrailFinding[];
}

export interface Plot {
  /** A stable name, such as `roc_curve`, which is also that of its files. */
  readonly name: string;
  readonly title: string;
  /** Plain JSON data. */
  readonly data: object;
  readonly svg: string;
}

export interface ShapColumn {
  readonly name: string;
  /** Mean size of the column's contribution, over rows and outputs. */
  readonly meanAbsolute: number;
  /** The same for each output. */
  readonly byOutput: readonly number[];
  /** One a row explained: the value as shown, and its contribution to the first output. */
  readonly points: readonly {
    readonly value: string | number | boolean | null;
    readonly contribution: number;
  }[];
}

export interface ShapSummary {
  /** What is explained: the target, or the probability of each of these classes. */
  readonly outputs: readonly { readonly name: string; readonly baseValue: number }[];
  /** The most important first. */
  readonly columns: readonly ShapColumn[];
}

export interface Explanation {
  /** Which table the rows are of; rows that the model was trained on flatter it. */
  readonly source: 'test' | 'validation' | 'train';
  /** Rows that permutation importance was measured on. */
  readonly rowCount: number;
  readonly metric: string;
  /** Loss of the metric when a column's values are put into random order; the most first. */
  readonly importances: readonly ColumnImportance[];
  readonly shap: ShapSummary;
}

export interface Report {
  readonly guardrails: readonly Guardrail[];
  readonly plots: readonly Plot[];
  /** Null where it was not asked for. */
  readonly explanation: Explanation | null;
  /** Path → content: `model_card.md`, `guardrails.json`, `explanation.json`, `plots/*.svg` and `.json`. */
  readonly files: ReadonlyMap<string, string>;
}
